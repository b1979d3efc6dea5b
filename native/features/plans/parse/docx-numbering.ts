// Automatic numbering of a DOCX: the numbers a reader sees but the text does not contain (ECMA-376 Part 1 §17.9).
import { SaxesParser } from 'saxes'
import { formatNumber } from './numerals.ts'

interface Level {
  start: number
  format: string
  /** `第%1章`, `%1.%2` */
  pattern: string
  isLegal: boolean
}
interface List {
  levels: Level[]
  styleLink: string | null
  linkedStyle: string | null
}

export class Numbering {
  readonly #lists = new Map<string, List>()
  readonly #abstractOf = new Map<string, string>()
  readonly #startOverrides = new Map<string, number>()
  readonly #counters = new Map<string, (number | undefined)[]>()
  readonly #started = new Set<string>()

  /** @param xml of `word/numbering.xml` */
  load(xml: string): void {
    let list: List | null = null
    let level = 0
    let numId = ''
    const parser = new SaxesParser()
    parser.on('opentag', ({ name, attributes }) => {
      const value = attributes['w:val'] ?? ''
      const current = list?.levels[level]
      if (name === 'w:abstractNum') {
        list = { levels: [], styleLink: null, linkedStyle: null }
        this.#lists.set(attributes['w:abstractNumId'] ?? '', list)
      } else if (name === 'w:num') {
        list = null
        numId = attributes['w:numId'] ?? ''
      } else if (name === 'w:abstractNumId' && list === null) this.#abstractOf.set(numId, value)
      else if (name === 'w:lvlOverride') level = Number(attributes['w:ilvl'] ?? 0)
      else if (name === 'w:startOverride') this.#startOverrides.set(`${numId}/${level}`, Number(value))
      else if (name === 'w:lvl' && list !== null) {
        level = Number(attributes['w:ilvl'] ?? 0)
        list.levels[level] = { start: 1, format: 'decimal', pattern: '', isLegal: false }
      } else if (name === 'w:numStyleLink' && list !== null) list.linkedStyle = value
      else if (name === 'w:styleLink' && list !== null) list.styleLink = value
      else if (current !== undefined) {
        if (name === 'w:start') current.start = Number(value)
        if (name === 'w:numFmt') current.format = value
        if (name === 'w:lvlText') current.pattern = value
        if (name === 'w:isLgl') current.isLegal = value !== '0' && value !== 'false'
      }
    })
    parser.write(xml).close()
  }

  /** Counts one more paragraph of the list. @returns the number as drawn; null for bullets and unknown lists */
  next(numId: string, ilvl: number): string | null {
    const abstract = this.#resolve(numId)
    const list = abstract === null ? undefined : this.#lists.get(abstract)
    const level = list?.levels[ilvl]
    if (abstract === null || list === undefined || level === undefined) return null
    const counters = this.#counters.get(abstract) ?? []
    this.#counters.set(abstract, counters)
    const override = this.#startOverrides.get(`${numId}/${ilvl}`)
    if (override !== undefined && !this.#started.has(`${numId}/${ilvl}`)) counters[ilvl] = override - 1
    this.#started.add(`${numId}/${ilvl}`)
    counters[ilvl] = (counters[ilvl] ?? level.start - 1) + 1
    counters.length = ilvl + 1
    if (level.format === 'bullet') return null
    return level.pattern.replace(/%(\d)/g, (_, digit: string) => {
      const other = list.levels[Number(digit) - 1]
      const value = counters[Number(digit) - 1] ?? other?.start ?? 1
      return formatNumber(value, level.isLegal ? 'decimal' : (other?.format ?? 'decimal'))
    })
  }

  #resolve(numId: string): string | null {
    const abstract = this.#abstractOf.get(numId)
    if (abstract === undefined) return null
    const linked = this.#lists.get(abstract)?.linkedStyle
    if (linked === undefined || linked === null) return abstract
    for (const [id, list] of this.#lists) if (list.styleLink === linked) return id
    return abstract
  }
}
