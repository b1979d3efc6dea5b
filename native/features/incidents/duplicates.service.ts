// While a report is typed: which incidents of the last day it looks like, and why.
import type { DuplicateQuery, HappenedAt, InformationState, LikelyDuplicate, LonLat } from '../../contract/index.ts'
import type { EventWords } from '../../kernel/event-words.ts'
import type { TownNames } from '../../kernel/town-names.ts'
import type { Reads } from '../../store/types.ts'
import { AreaWords, type NamedArea } from './area-words.ts'
import { duplicateThreshold, duplicateWindowMs, likeness } from './duplicates.ts'
import type { EventTypesService } from './event-types.service.ts'
import { IncidentsRepository, parsed } from './incidents.repository.ts'
import { type DuplicateSubject, type ReadSubject, readSubject } from './likeness.ts'

/** The latest incidents that are compared. */
const compared = 500
const shown = 5

export class DuplicatesService {
  readonly #repository: IncidentsRepository
  readonly #types: EventTypesService
  readonly #areas: () => Promise<NamedArea[]>
  readonly #events: EventWords
  readonly #towns: TownNames
  /** What the words of an incident name, until something of it changes; she types, and each pause asks again. */
  #known = new Map<string, { of: string; read: ReadSubject }>()
  #areaWords = { of: '', words: new AreaWords([]) }

  /** @param options.areas every area with its name @param options.events what people say of which class of event @param options.towns names of towns */
  constructor(options: { reads: Reads; types: EventTypesService; areas: () => Promise<NamedArea[]>; events: EventWords; towns: TownNames }) {
    this.#repository = new IncidentsRepository(options.reads)
    this.#types = options.types
    this.#areas = options.areas
    this.#events = options.events
    this.#towns = options.towns
  }

  /** Areas change once a year: then what incidents name is read anew, too. */
  #wordsOf(areas: readonly NamedArea[]): AreaWords {
    const of = JSON.stringify(areas)
    if (of !== this.#areaWords.of) {
      this.#areaWords = { of, words: new AreaWords(areas) }
      this.#known.clear()
    }
    return this.#areaWords.words
  }

  /** Known incidents of the last day that a report being typed looks like, likeliest first, at most five. */
  async find(query: DuplicateQuery): Promise<LikelyDuplicate[]> {
    const [areas, types, rows] = await Promise.all([
      this.#areas(),
      this.#types.list(),
      this.#repository.recent(query.at - duplicateWindowMs, compared),
    ])
    const tables = { events: this.#events, areas: this.#wordsOf(areas), towns: this.#towns }
    const subject = readSubject({ words: query.words, typeCode: query.typeCode, position: query.position, area: query.area, atMs: query.at }, tables)
    const names = new Map([...areas, ...types].map(({ code, name }) => [code, name]))
    const named = (value: string | number) => names.get(String(value)) ?? value

    const known = new Map<string, { of: string; read: ReadSubject }>()
    const found = rows
      .filter((row) => row.id !== query.except && row.mergedInto === null)
      .map((row) => {
        const receivedAt = parsed<HappenedAt>(row.received)?.at ?? 0
        const said: DuplicateSubject = {
          words: [row.title, row.place, row.description, row.allWords ?? ''].join('\n'),
          typeCode: row.typeCode,
          position: parsed<LonLat>(row.position),
          area: row.area,
          atMs: receivedAt,
        }
        const of = JSON.stringify(said)
        const before = this.#known.get(row.id)
        const read = before?.of === of ? before.read : readSubject(said, tables)
        known.set(row.id, { of, read })
        const { score, reasons } = likeness(subject, read)
        return {
          incident: row.id,
          title: row.title,
          place: row.place,
          informationState: row.informationState as InformationState,
          receivedAt,
          score,
          reasons: reasons.map((reason) => ({
            ...reason,
            detail: Object.fromEntries(
              Object.entries(reason.detail).map(([key, value]) => [key, key === 'area' || key === 'code' ? named(value) : value]),
            ),
          })),
        }
      })
    this.#known = known
    return found
      .filter(({ score }) => score >= duplicateThreshold)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, shown)
  }
}
