// Walks an outline and knows, for every paragraph, under which headings it stands and for which 响应级别.
import type { ResponseTier, Unsure } from '../../../contract/index.ts'
import type { OutlineParagraph } from './outline.ts'
import { tierMentions, tiersIn } from './tiers.ts'

export interface PlacedParagraph extends OutlineParagraph {
  position: number
  /** Headings above, outermost first, itself not included. */
  path: { title: string; number: string | null; position: number }[]
  tiers: ResponseTier[]
}

interface OpenHeading {
  depth: number
  title: string
  number: string | null
  position: number
  tiers: ResponseTier[]
}

/** A heading about 响应 gives its tiers to what stands below it; one about 预警 takes them away. */
export function placed(outline: readonly OutlineParagraph[]): PlacedParagraph[] {
  const open: OpenHeading[] = []
  const result: PlacedParagraph[] = []
  let captionTiers: ResponseTier[] = []
  for (const [position, paragraph] of outline.entries()) {
    const unsure: Unsure[] = [...paragraph.unsure]
    if (paragraph.kind === 'heading') while ((open.at(-1)?.depth ?? 0) >= (paragraph.depth ?? 1)) open.pop()
    const path = open.map(({ title, number, position: at }) => ({ title, number, position: at }))
    const inherited = open.at(-1)?.tiers ?? []
    let tiers = inherited
    if (paragraph.kind === 'heading') {
      const isAboutResponse =
        [...path.map((heading) => heading.title), paragraph.body].some((title) => title.includes('响应')) && !paragraph.body.includes('预警')
      const mentions = isAboutResponse ? tierMentions(paragraph.body, true) : []
      if (mentions.some((mention) => mention.isRange)) unsure.push('tier')
      if (/[lｌ]{1,3}\s*级/u.test(paragraph.body) && isAboutResponse) unsure.push('tier')
      if (mentions.length > 0) tiers = tiersIn(paragraph.body, true)
      if (/预警|善后|后期处置|保障/u.test(paragraph.body) && mentions.length === 0) tiers = []
      open.push({ depth: paragraph.depth ?? 1, title: paragraph.body, number: paragraph.number, position, tiers })
    }
    if (paragraph.kind === 'text') {
      const own = /^表\s*\d*|行动表|任务表|清单$/u.test(paragraph.body) && paragraph.body.length <= 40 ? tiersIn(paragraph.body, true) : []
      captionTiers = own
    } else if (paragraph.kind !== 'row') captionTiers = []
    if (paragraph.kind === 'row' && captionTiers.length > 0) tiers = captionTiers
    result.push({ ...paragraph, unsure, position, path, tiers: paragraph.kind === 'toc' || paragraph.kind === 'title' ? [] : tiers })
  }
  return result
}

/** `4.2.1 启动条件`, for people; the nearest heading above. */
export function clauseOf(paragraph: PlacedParagraph): string | null {
  const heading = paragraph.kind === 'heading' ? { title: paragraph.body, number: paragraph.number } : paragraph.path.at(-1)
  if (heading === undefined) return null
  return [heading.number, heading.title === heading.number ? '' : heading.title].filter((part) => part !== null && part !== '').join(' ')
}

export function isUnder(paragraph: PlacedParagraph, words: RegExp): boolean {
  return paragraph.path.some((heading) => words.test(heading.title))
}
