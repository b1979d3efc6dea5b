// Drafts a report of any kind from what is known; every field that has one is marked with its source. Pure.
import {
  type DraftInput,
  emptyFields,
  type FieldSource,
  kindNames,
  type ReportFields,
  type ReportKind,
  WanglouError,
} from '../../../contract/index.ts'
import { changes } from './changes.ts'
import { type ReportFacts, type Told, toldOf } from './facts.ts'
import { dispatchOrder, type Drafted, instructionSheet, responseNotice } from './notices.ts'
import { figures, grading, opening, orders, response, weather } from './paragraphs.ts'
import { type Piece, plain } from './piece.ts'
import { shortMessage, telephoneScript } from './short-texts.ts'
import { clockWords, dayWords } from './wording.ts'

export interface Draft {
  fields: ReportFields
  sources: FieldSource[]
  told: Told | null
}

/** Whom it goes to and who signs the foot rarely change: what the last signed report of the kind said stands until somebody types otherwise. */
export type Usual = Pick<ReportFields, '主送' | '抄送' | '报送单位' | '联系电话'>

export interface ComposeContext {
  input: Pick<DraftInput, 'kind' | 'about'>
  facts: ReportFacts
  /** What the last signed report of the course told; null = none was signed. */
  former: Told | null
  usual: Usual | null
}

/** @throws WanglouError NOT_FOUND when the decision, order or 批示 it would carry out is not there */
export function compose({ input, facts, former, usual }: ComposeContext): Draft {
  const { kind } = input
  const base: ReportFields = {
    ...emptyFields,
    标题: titleOf(kind, facts),
    报送单位: facts.unit || (usual?.报送单位 ?? ''),
    紧急程度: urgencyOf(kind),
    // On the first night nothing was sent before: to whom this centre reports.
    主送: (usual?.主送 ?? '') || facts.superior,
    抄送: usual?.抄送 ?? '',
    联系人: facts.by.name,
    // The number that was printed last; on the first night, that of whoever is on.
    联系电话: (usual?.联系电话 ?? '') || (facts.onDuty?.officers.find((person) => person.telephone !== '')?.telephone ?? ''),
  }
  const { fields, text, omitted = [] } = bodyOf(kind, facts, former, input.about?.row ?? null)
  return assembled(kind, { ...base, ...fields }, text, toldOf(facts, omitted))
}

/** Puts the paragraphs into the text and marks the field of each source. */
export function assembled(kind: ReportKind, fields: ReportFields, text: readonly Piece[], told: Told | null): Draft {
  const kept = text.filter((piece) => piece.words !== '')
  const sources: FieldSource[] = kept.flatMap((piece) => piece.sources.map((source) => ({ field: '正文' as const, ...source })))
  const only = kind === 'short-message' || kind === 'telephone-script' ? { ...emptyFields, 报送单位: fields.报送单位 } : fields
  return { fields: { ...only, 正文: kept.map((piece) => piece.words) }, sources, told }
}

function bodyOf(
  kind: ReportKind,
  facts: ReportFacts,
  former: Told | null,
  about: string | null,
): { fields?: Partial<ReportFields>; text: readonly Piece[]; omitted?: string[] } {
  switch (kind) {
    case 'first':
    case 'bulletin':
      return { text: [...whole(facts), plain('后续情况续报。')] }
    case 'follow-up':
      return { text: followUp(facts, former) }
    case 'final':
      return { text: [...whole(facts), plain('本事件信息报告至此终结。')] }
    case 'special':
      return { text: special(facts) }
    case 'response-start':
    case 'response-change':
    case 'response-end':
      return needed(responseNotice(facts, kind === 'response-start' ? 'start' : kind === 'response-change' ? 'change' : 'end', about), kind)
    case 'dispatch-order':
      return needed(dispatchOrder(facts, about), kind)
    case 'instruction-sheet':
      return needed(instructionSheet(facts, about), kind)
    case 'short-message': {
      const { text, omitted } = shortMessage(facts, former === null ? facts.settings.firstName : '续报')
      return { text: [text], omitted }
    }
    case 'telephone-script':
      return { text: telephoneScript(facts) }
    case 'digest':
      throw new WanglouError('INVALID_INPUT', { field: 'kind' })
    default:
      return kind satisfies never
  }
}

function needed(drafted: Drafted | null, kind: ReportKind): Drafted {
  if (drafted === null) throw new WanglouError('REPORT_GROUNDS_MISSING', { kind: kindNames[kind] })
  return drafted
}

function whole(facts: ReportFacts): Piece[] {
  return [opening(facts.incident), figures(facts.incident), grading(facts.incident), ...weather(facts), ...response(facts), ...orders(facts.tasks)]
}

/** Only what changed; with nothing signed before, all of it. */
function followUp(facts: ReportFacts, former: Told | null): Piece[] {
  if (former === null) return [...whole(facts), plain('后续情况续报。')]
  const found = changes(facts, former)
  const moment = (at: number) => clockWords({ at, precision: 'exact', source: '' })
  const since = dayWords(former.at) === dayWords(facts.nowMs) ? moment(former.at) : `${dayWords(former.at)}${moment(former.at)}`
  if (found.length === 0) return [plain(`截至${moment(facts.nowMs)}，与${since}报告的情况相比无变化。`), plain('后续情况续报。')]
  return [plain(`${facts.incident.title}，${since}报告后的新情况如下：`), ...found, plain('其余情况同前报。后续情况续报。')]
}

function special(facts: ReportFacts): Piece[] {
  const done = [...response(facts), ...orders(facts.tasks)]
  return [
    plain('一、基本情况'),
    opening(facts.incident),
    plain('二、人员伤亡和影响'),
    figures(facts.incident),
    grading(facts.incident),
    ...weather(facts),
    plain('三、处置情况'),
    ...(done.length === 0 ? [plain('正在组织处置。')] : done),
    plain('四、研判和下一步工作'),
    plain('（待填）'),
  ]
}

function titleOf(kind: ReportKind, { incident, settings }: ReportFacts): string {
  if (kind === 'bulletin') return `关于${incident.title}的快报`
  if (kind === 'special') return `关于${incident.title}的专报`
  return `关于${incident.title}的${kind === 'first' ? settings.firstName : '报告'}`
}

function urgencyOf(kind: ReportKind): string {
  if (kind === 'special' || kind === 'digest' || kind === 'instruction-sheet') return ''
  return kind === 'final' || kind === 'response-end' ? '平急' : '特急'
}
