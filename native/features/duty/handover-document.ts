// 交接班记录 as a document: the values that the template names, from the record as it was signed; unsigned, each page says so. Pure.
import {
  type Handover,
  matterDecisionNames,
  matterKindNames,
  NOT_CLASSIFIED_NOTICE,
  postNames,
  posts,
  type Signature,
  signatureMeansNames,
  type Watch,
} from '../../contract/index.ts'
import { dayWords, momentWords } from './papers.ts'

/** What stands in the head of every page until both have signed. */
const unsigned = { none: '未接班', open: '交班人未签字', half: '接班人未签字', done: '' } as const

/** @param unit name of the centre; empty = not set */
export function handoverValues(handover: Handover, unit: string): Record<string, unknown> {
  return {
    单位: unit,
    拟稿标记: unsigned[handover.state],
    非涉密提示: NOT_CLASSIFIED_NOTICE,
    交班班次: watchWords(handover.watch),
    接班班次: watchWords(handover.nextWatch),
    单方接班: handover.nextWatch?.reason ?? '',
    事项: handover.matters.map((matter, index) => ({
      序号: String(index + 1),
      类别: matterKindNames[matter.kind],
      内容: [
        matter.title,
        matter.detail === '' || matter.detail === matter.title ? '' : `（${matter.detail}）`,
        matter.dueAt === null ? '' : `　时限 ${momentWords(matter.dueAt)}`,
        matter.raised === 'between' ? '　【交班签字后新增】' : '',
      ].join(''),
      处理: matterDecisionNames[matter.decision],
      交代: matter.words,
    })),
    无事项: handover.matters.length === 0 ? '没有需要移交的事项。' : '',
    其他说明: handover.remarks === '' ? '无' : handover.remarks,
    收回签字: handover.withdrawnWords,
    交班人: signatureWords(handover.outgoing),
    接班人: signatureWords(handover.incoming),
  }
}

function watchWords(watch: Watch | null): string {
  if (watch === null) return ''
  const people = posts.map((post) => `${postNames[post]} ${watch.people[post].map(({ name }) => name).join('、') || '—'}`)
  return `${dayWords(watch.day)} ${watch.shiftName}（${momentWords(watch.takenAt)}接班）\n${people.join('　')}`
}

function signatureWords(signature: Signature | null): string {
  return signature === null ? '' : `${signature.name}（${signatureMeansNames[signature.means]}，${momentWords(signature.at)}）`
}
