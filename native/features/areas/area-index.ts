// All areas in memory: by code, by former code and name, by name, pinyin and initials. A province has some thousand of them at most.
import type { Area, LonLat } from '../../contract/index.ts'
import { bareAreaName } from '../../kernel/area-names.ts'
import { distanceM } from '../../kernel/great-circle.ts'
import { initials, syllables } from '../../kernel/pinyin.ts'
import type { AreaRow } from './areas.repository.ts'

interface Indexed {
  area: Area
  pinyin: string
  initials: string
}

export class AreaIndex {
  readonly all: readonly Area[]
  readonly #byCode: Map<string, Area>
  readonly #formerCodes: Map<string, Area>
  readonly #names = new Map<string, Area[]>()
  readonly #indexed: Indexed[]

  constructor(rows: readonly AreaRow[]) {
    const names = new Map(rows.map((row) => [row.code, row]))
    this.all = rows.map((row) => ({ ...row, path: pathOf(row, names) }))
    this.#byCode = new Map(this.all.map((area) => [area.code, area]))
    this.#formerCodes = new Map(this.all.flatMap((area) => area.former.map((former) => [former.code, area] as const)))
    this.#indexed = this.all.map((area) => ({ area, pinyin: syllables(area.name).join(''), initials: initials(area.name) }))
    for (const area of this.all)
      for (const name of [area.name, ...area.former.map((former) => former.name)]) this.#names.set(name, [...(this.#names.get(name) ?? []), area])
  }

  byCode(code: string): Area | null {
    return this.#byCode.get(code) ?? null
  }

  byFormerCode(code: string): Area | null {
    return this.#formerCodes.get(code) ?? null
  }

  /** By its name or a former one, with or without 县/区/市. */
  byName(name: string): Area[] {
    const exact = this.#names.get(name)
    if (exact !== undefined) return exact
    const bare = bareAreaName(name)
    if (bare.length < 2) return []
    return [...new Set([...this.#names].filter(([known]) => bareAreaName(known) === bare).flatMap(([, areas]) => areas))]
  }

  children(parent: string | null): Area[] {
    return this.all.filter((area) => area.parent === parent)
  }

  /** Best first: code, then exact name, beginning of a name, initials, pinyin, part of a name, former names. */
  search(query: string, limit: number): Area[] {
    const words = query.normalize('NFKC').trim().toLowerCase().replaceAll(/[\s']/g, '').replaceAll('ü', 'v')
    if (words === '') return []
    return this.#indexed
      .map((entry) => ({ area: entry.area, rank: rank(entry, words) }))
      .filter((hit) => hit.rank > 0)
      .toSorted((a, b) => b.rank - a.rank || a.area.code.localeCompare(b.area.code))
      .slice(0, limit)
      .map((hit) => hit.area)
  }

  /** The county-level (or lower) area whose centre is nearest; null when no area has a centre. */
  nearest(position: LonLat): { area: Area; distanceM: number } | null {
    let best: { area: Area; distanceM: number } | null = null
    const leaves = this.all.filter((area) => area.kind !== 'province' && area.kind !== 'city')
    for (const area of leaves.length > 0 ? leaves : this.all) {
      if (area.position === null) continue
      const distance = distanceM(position, area.position)
      if (best === null || distance < best.distanceM) best = { area, distanceM: distance }
    }
    return best
  }
}

function rank({ area, pinyin, initials: letters }: Indexed, words: string): number {
  if (/^\d+$/.test(words))
    return area.code === words.padEnd(6, '0') ? 100 : area.code.startsWith(words) ? 80 : area.former.some((former) => former.code === words) ? 70 : 0
  if (area.name === words || area.path.join('') === words) return 100
  const path = area.path.slice(1).join('')
  if (area.name.startsWith(words)) return 90
  if (path !== '' && path.endsWith(words) && words.length > area.name.length) return 88
  if (area.former.some((former) => former.name === words || former.name.startsWith(words))) return 60
  if (area.name.includes(words)) return 50
  if (!/^[a-z]+$/.test(words)) return 0
  if (letters === words) return 85
  if (pinyin === words) return 84
  if (words.length >= 2 && letters.startsWith(words)) return 75
  if (words.length >= 2 && pinyin.startsWith(words)) return 74
  return 0
}

function pathOf(row: AreaRow, rows: Map<string, AreaRow>): string[] {
  const path: string[] = []
  for (let area: AreaRow | undefined = row; area !== undefined && path.length < 6; area = area.parent === null ? undefined : rows.get(area.parent))
    path.unshift(area.name)
  return path
}
