// Paragraph styles of a DOCX, resolved along basedOn: is it a heading, a title, a line of contents, bold, numbered?
import { SaxesParser } from 'saxes'

export interface ResolvedStyle {
  /** 1–9 */
  depth: number | null
  isTitle: boolean
  isToc: boolean
  isBold: boolean
  isCentered: boolean
  numId: string | null
  ilvl: number
}
interface RawStyle {
  name: string
  basedOn: string | null
  outline: number | null
  isBold: boolean | null
  isCentered: boolean | null
  numId: string | null
  ilvl: number | null
}

export function isOn(value: string | undefined): boolean {
  return value === undefined || !['0', 'false', 'off', 'none'].includes(value)
}

export class Styles {
  readonly #styles = new Map<string, RawStyle>()
  #defaultId: string | null = null

  /** @param xml of `word/styles.xml` */
  load(xml: string): void {
    let style: RawStyle | null = null
    const parser = new SaxesParser()
    parser.on('opentag', ({ name, attributes }) => {
      const value = attributes['w:val']
      if (name === 'w:style') {
        style = null
        if (attributes['w:type'] !== 'paragraph') return
        style = { name: '', basedOn: null, outline: null, isBold: null, isCentered: null, numId: null, ilvl: null }
        this.#styles.set(attributes['w:styleId'] ?? '', style)
        if (isOn(attributes['w:default'] ?? '0')) this.#defaultId = attributes['w:styleId'] ?? null
      }
      if (style === null) return
      if (name === 'w:name') style.name = value ?? ''
      if (name === 'w:basedOn') style.basedOn = value ?? null
      if (name === 'w:outlineLvl') style.outline = Number(value)
      if (name === 'w:b') style.isBold = isOn(value)
      if (name === 'w:jc') style.isCentered = value === 'center'
      if (name === 'w:numId') style.numId = value ?? null
      if (name === 'w:ilvl') style.ilvl = Number(value)
    })
    parser.on('closetag', ({ name }) => {
      if (name === 'w:style') style = null
    })
    parser.write(xml).close()
  }

  resolve(id: string | null): ResolvedStyle {
    const chain: RawStyle[] = []
    const seen = new Set<string>()
    for (let next = id ?? this.#defaultId; next !== null && !seen.has(next); next = chain.at(-1)?.basedOn ?? null) {
      seen.add(next)
      const style = this.#styles.get(next)
      if (style === undefined) break
      chain.push(style)
    }
    const first = <K extends keyof RawStyle>(key: K) => chain.map((style) => style[key]).find((value) => value !== null) ?? null
    const name = chain[0]?.name ?? ''
    const named = /^(?:heading|标题)\s*([1-9])$/iu.exec(name)?.[1]
    const outline = first('outline')
    const depth = named !== undefined ? Number(named) : outline !== null && outline < 9 ? outline + 1 : null
    return {
      depth: /^toc/i.test(name) ? null : depth,
      isTitle: /^(?:title|标题|文档标题)$/iu.test(name),
      isToc: /^(?:toc|目录|contents)/iu.test(name),
      isBold: first('isBold') ?? false,
      isCentered: first('isCentered') ?? false,
      numId: first('numId'),
      ilvl: first('ilvl') ?? (depth === null ? 0 : depth - 1),
    }
  }
}
