// Kinds of reports: which fields each has, which take a 期号, and how each is signed unless the centre says otherwise.
import { z } from 'zod'
import { text } from './scalars.ts'

/** 首报, 续报, 终报, 值班快报, 信息专报, 值班要情, 启动/调整/终止响应通知, 调度令, 批示办理单, 短信体, 电话口述稿. */
export const ReportKind = z.enum([
  'first',
  'follow-up',
  'final',
  'bulletin',
  'special',
  'digest',
  'response-start',
  'response-change',
  'response-end',
  'dispatch-order',
  'instruction-sheet',
  'short-message',
  'telephone-script',
])
export type ReportKind = z.infer<typeof ReportKind>

/** As they are called on paper, whatever the language of the page. */
export const kindNames: Record<ReportKind, string> = {
  first: '首报',
  'follow-up': '续报',
  final: '终报',
  bulletin: '值班快报',
  special: '信息专报',
  digest: '值班要情',
  'response-start': '启动应急响应通知',
  'response-change': '调整应急响应级别通知',
  'response-end': '终止应急响应通知',
  'dispatch-order': '调度令',
  'instruction-sheet': '批示办理单',
  'short-message': '短信体',
  'telephone-script': '电话口述稿',
}

/** Paragraphs of the text; together they fit an entry of the journal. */
const paragraphs = z
  .array(text(3000))
  .max(60)
  .refine((lines) => lines.reduce((sum, line) => sum + line.length, 0) <= 15_000, { error: 'text.long' })

/** Fields of every kind by their names on paper; a kind uses some of them. Times are words, as they are to be printed. */
export const ReportFields = z.object({
  标题: text(200),
  报送单位: text(100),
  紧急程度: text(20),
  主送: text(300),
  抄送: text(300),
  正文: paragraphs,
  联系人: text(50),
  联系电话: text(50),
  批示领导: text(100),
  批示内容: text(2000),
  承办: text(200),
  时限: text(100),
  办理情况: text(2000),
})
export type ReportFields = z.infer<typeof ReportFields>
export const ReportField = ReportFields.keyof()
export type ReportField = z.infer<typeof ReportField>

export const emptyFields: ReportFields = {
  标题: '',
  报送单位: '',
  紧急程度: '',
  主送: '',
  抄送: '',
  正文: [],
  联系人: '',
  联系电话: '',
  批示领导: '',
  批示内容: '',
  承办: '',
  时限: '',
  办理情况: '',
}

const paper = ['标题', '报送单位', '紧急程度', '主送', '抄送', '正文', '联系人', '联系电话'] as const
const sheet = ['标题', '报送单位', '批示领导', '批示内容', '承办', '时限', '办理情况', '联系人', '联系电话'] as const

/** The fields a person fills in, in their order. */
export function fieldsOf(kind: ReportKind): readonly ReportField[] {
  if (kind === 'short-message' || kind === 'telephone-script') return ['正文']
  return kind === 'instruction-sheet' ? sheet : paper
}

/** Without these a report of the kind is not signed. */
export function neededFields(kind: ReportKind): readonly ReportField[] {
  if (kind === 'short-message' || kind === 'telephone-script') return ['正文']
  return kind === 'instruction-sheet' ? ['标题', '批示领导', '批示内容', '承办'] : ['标题', '报送单位', '正文']
}

/** Takes a 期号 when it is signed, per year and kind. */
export function isNumbered(kind: ReportKind): boolean {
  return kind !== 'short-message' && kind !== 'telephone-script'
}

/** 首报, 续报 and 终报 follow one another; each 续报 has its place among them. */
export const courseKinds: readonly ReportKind[] = ['first', 'follow-up', 'final']

/** Longest 短信体, in characters. */
export const shortMessageLimit = 200

/** `spoken`: said or read out, nothing is signed · `sign`: 签发 alone · `review-sign`: 审核 by another person, then 签发. */
export const SigningPath = z.enum(['spoken', 'sign', 'review-sign'])
export type SigningPath = z.infer<typeof SigningPath>

const usualPaths: Record<ReportKind, SigningPath> = {
  first: 'sign',
  'follow-up': 'sign',
  final: 'review-sign',
  bulletin: 'sign',
  special: 'review-sign',
  digest: 'sign',
  'response-start': 'sign',
  'response-change': 'sign',
  'response-end': 'sign',
  'dispatch-order': 'sign',
  'instruction-sheet': 'sign',
  'short-message': 'sign',
  'telephone-script': 'spoken',
}

/** How the centre signs and sends; what is not set holds as shipped. */
export const ReportSettings = z.object({
  /** Kinds that go another way than shipped. 电话口述稿 alone may be `spoken`: no report leaves unsigned. */
  paths: z.partialRecord(ReportKind, SigningPath).default({}),
  /** Accounts that may sign a kind; none named = everybody holding `reports.sign`. */
  signers: z.partialRecord(ReportKind, z.array(z.uuid()).max(50)).default({}),
  /** Minutes after sending within which somebody should have signed for it; then 催收. */
  receiptWithinMinutes: z.int().min(1).max(1440).default(15),
  /** 首报 is called 初报 in some places. */
  firstName: z.enum(['首报', '初报']).default('首报'),
  /** Hour of the day (Asia/Shanghai) at which the 值班要情 is due. */
  digestHour: z.int().min(0).max(23).default(8),
  /** Address that e-mail files are from; empty = filled in by whoever sends. */
  mailFrom: text(200).default(''),
  /** Names of the fields of the unified system in their order, as far as this centre differs from the shipped list. */
  copyFields: z.array(text(40)).max(60).default([]),
})
export type ReportSettings = z.infer<typeof ReportSettings>

export function pathOf(kind: ReportKind, settings: ReportSettings): SigningPath {
  const path = settings.paths[kind] ?? usualPaths[kind]
  return path === 'spoken' && kind !== 'telephone-script' ? 'sign' : path
}
