// What people say when they report, and the class of event it speaks for: 一辆甲醇罐车翻了 speaks of hazardous chemicals first and of the road second.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { initials } from './pinyin.ts'

const Word = z.string().regex(/^[\p{L}\p{N}]+$/u)
const Row = z.object({ code: z.string().regex(/^1\d[A-Z0-9]{1,3}$/), sure: z.array(Word), hint: z.array(Word) }).strict()
const Table = z.object({ source: z.string().min(1), rows: z.array(Row).min(1) })

const surePoints = 2
const hintPoints = 1
/** A class speaks with one sure word or two hints. */
export const leastPoints = 2

/** One class of events that words speak for. */
export interface SpokenClass {
  /** Prefix of a code of the event table: `12D`, `12B04`. */
  code: string
  /** Two for each sure word, one for each hint; a word counts once however often it is said. */
  points: number
  /** The words found, as the table spells them. */
  found: string[]
}

export class EventWords {
  readonly #meant = new Map<string, { code: string; points: number }[]>()
  /** Every word of the table, the longest first, so that one scan takes 尾矿库 and not 水库. */
  readonly #pattern: RegExp
  /** Of every word, worked out when first asked for. */
  #initials: Map<string, string> | null = null

  constructor(table: z.input<typeof Table>) {
    for (const { code, sure, hint } of Table.parse(table).rows) {
      for (const [words, points] of [
        [sure, surePoints],
        [hint, hintPoints],
      ] as const)
        for (const word of words.map(fold)) this.#meant.set(word, [...(this.#meant.get(word) ?? []), { code, points }])
    }
    const longestFirst = [...this.#meant.keys()].toSorted((a, b) => b.length - a.length)
    this.#pattern = new RegExp(longestFirst.join('|'), 'gu')
  }

  /** @returns codes of the classes for which people say this, a word in it or one that begins with it, in Han or by initials: 着火, 危化品, whp */
  codesSaid(query: string): string[] {
    const wanted = fold(query)
    if (wanted.length < 2) return []
    const isLetters = /^[a-z]+$/.test(wanted)
    if (isLetters) this.#initials ??= new Map([...this.#meant.keys()].map((word) => [word, initials(word)]))
    const said = [...this.#meant].filter(([word]) =>
      isLetters ? this.#initials?.get(word)?.startsWith(wanted) : word.startsWith(wanted) || wanted.includes(word),
    )
    return [...new Set(said.flatMap(([, meanings]) => meanings.filter(({ points }) => points === surePoints).map(({ code }) => code)))]
  }

  /** @returns classes the words speak for, strongest first; nothing where one hint is all there is */
  classesIn(words: string): SpokenClass[] {
    const classes = new Map<string, SpokenClass>()
    for (const word of new Set(fold(words).match(this.#pattern)))
      for (const { code, points } of this.#meant.get(word) ?? []) {
        const spoken = classes.get(code) ?? { code, points: 0, found: [] }
        classes.set(code, { code, points: spoken.points + points, found: [...spoken.found, word] })
      }
    return [...classes.values()].filter(({ points }) => points >= leastPoints).toSorted((a, b) => b.points - a.points)
  }
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** @param codes folder `resources/codes` @throws a ZodError when the table is not well formed */
export async function readEventWords(codes: string): Promise<EventWords> {
  return new EventWords(JSON.parse(await readFile(join(codes, 'event-words.json'), 'utf8')) as z.input<typeof Table>)
}
