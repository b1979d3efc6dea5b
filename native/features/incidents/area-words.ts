// Areas that words name: 华州区值班室报告, 略阳这边. Pure.
import type { LonLat } from '../../contract/index.ts'
import { bareAreaName } from '../../kernel/area-names.ts'

/** An area as it is looked for in words. */
export interface NamedArea {
  code: string
  name: string
  /** Its seat, WGS-84. */
  centre?: LonLat | null
}

/** 610502, not 610500 or 610000. */
export const isCounty = (code: string): boolean => !code.endsWith('00')
/** A province holds everything: nothing is said by being within it. */
export const isWithin = (inner: string, outer: string): boolean => !outer.endsWith('0000') && inner.startsWith(outer.replace(/(?:00)+$/u, ''))

export class AreaWords {
  readonly #codes = new Map<string, string>()
  readonly #centres: Map<string, LonLat>
  readonly #pattern: RegExp | null

  /** A name without its 县/区/市 counts where it has two characters and only one area bears it. */
  constructor(areas: readonly NamedArea[]) {
    this.#centres = new Map(areas.flatMap(({ code, centre }) => (centre === undefined || centre === null ? [] : [[code, centre]])))
    const bare = new Map<string, string[]>()
    for (const { code, name } of areas) {
      this.#codes.set(name, code)
      const short = bareAreaName(name)
      if (short.length >= 2 && short !== name) bare.set(short, [...(bare.get(short) ?? []), code])
    }
    for (const [short, codes] of bare) if (codes.length === 1 && codes[0] !== undefined && !this.#codes.has(short)) this.#codes.set(short, codes[0])
    const names = [...this.#codes.keys()].filter((name) => /^\p{L}+$/u.test(name)).toSorted((a, b) => b.length - a.length)
    this.#pattern = names.length === 0 ? null : new RegExp(names.join('|'), 'gu')
  }

  /** @returns codes of the areas named, each once */
  codesIn(words: string): string[] {
    if (this.#pattern === null) return []
    return [...new Set((words.match(this.#pattern) ?? []).flatMap((name) => this.#codes.get(name) ?? []))]
  }

  centreOf(code: string): LonLat | null {
    return this.#centres.get(code) ?? null
  }

  /** The words without the names of areas: everybody in a county names the county. */
  without(words: string): string {
    return this.#pattern === null ? words : words.replace(this.#pattern, ' ')
  }
}
