// 值班要情: the day as the watch composed it, laid out in its sections. Pure.
import { type Digest, type DigestSection, startOfDay } from '../../../contract/index.ts'
import type { Drafted } from './notices.ts'
import { type Piece, plain } from './piece.ts'
import { dayWords, ordinalWords } from './wording.ts'

const sections: Record<DigestSection, string> = {
  watch: '值班情况',
  incidents: '突发事件',
  log: '值班日志要情',
  instructions: '领导批示',
  notes: '其他',
}

export function digestDraft({ day, paragraphs }: Digest): Drafted {
  const present = (Object.keys(sections) as DigestSection[]).filter((section) => paragraphs.some((one) => one.section === section))
  const text = present.flatMap((section, at): Piece[] => [
    plain(`${ordinalWords(at + 1)}、${sections[section]}`),
    ...paragraphs
      .filter((one) => one.section === section)
      .map(({ words, sources }): Piece => ({ words, sources: sources.map((source) => ({ ...source, words: source.words.slice(0, 500) })) })),
  ])
  return { fields: { 标题: `${dayWords(startOfDay(day))}值班要情` }, text }
}
