// The list of a 视频点名 as DOCX: a row a unit with its answer, time and picture, and the count below.
import type { CallOutcome, RollCall } from '../../contract/index.ts'

export interface RollCallPaper {
  title: string
  centre: string
  calls: readonly RollCall[]
  /** JPEG by SHA-256. */
  pictures: ReadonlyMap<string, Buffer>
  at: number
}

const answers = { answered: '应答', late: '迟', none: '无应答' } as const
const rungWords: Record<CallOutcome, string> = { answered: '接通', 'no-answer': '未接', busy: '占线', relayed: '转告' }
const heads = ['序号', '单位', '点名时间', '应答情况', '应答时间', '应答人', '画面']
const pictureSize = { width: 128, height: 72 }

export async function rollCallDocument({ title, centre, calls, pictures, at }: RollCallPaper): Promise<Uint8Array> {
  // Only a station that makes one pays for the library.
  const { AlignmentType, Document, ImageRun, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } = await import('docx')
  const text = (words: string, bold = false) => new Paragraph({ children: [new TextRun({ text: words, bold, size: 21 })] })
  const cell = (words: string, bold = false) => new TableCell({ children: [text(words, bold)] })
  const pictureOf = ({ picture }: RollCall) => {
    const data = picture === null ? undefined : pictures.get(picture)
    const children =
      data === undefined ? [text('—')] : [new Paragraph({ children: [new ImageRun({ type: 'jpg', data, transformation: pictureSize })] })]
    return new TableCell({ children })
  }
  const rows = calls.map((call, index) => {
    const said = call.answer === null ? '待答' : answers[call.answer]
    const words = call.rung === null ? said : `${said}（电话${rungWords[call.rung.outcome]}${call.rung.who === '' ? '' : `：${call.rung.who}`}）`
    const answered = call.answer === 'none' || call.answeredAt === null ? '—' : clock(call.answeredAt)
    const before = [String(index + 1), call.unitName, clock(call.calledAt), words, answered, call.who || '—'].map((one) => cell(one))
    return new TableRow({ children: [...before, pictureOf(call)] })
  })
  const count = (answer: RollCall['answer']) => calls.filter((call) => call.answer === answer).length
  const heading = (words: string, size: number) =>
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 160 }, children: [new TextRun({ text: words, bold: true, size })] })
  const children = [
    heading('视频点名情况表', 36),
    text(`会商：${title}`),
    text(`点名单位：${centre || '—'}　　制表时间：${day(at)} ${clock(at)}`),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [new TableRow({ tableHeader: true, children: heads.map((one) => cell(one, true)) }), ...rows],
    }),
    text(`共点名 ${calls.length} 个单位：应答 ${count('answered')}，迟 ${count('late')}，无应答 ${count('none')}。`),
  ]
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}

const zone = { timeZone: 'Asia/Shanghai' } as const
function clock(at: number): string {
  return new Intl.DateTimeFormat('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(at)
}
function day(at: number): string {
  return new Intl.DateTimeFormat('zh-CN', { ...zone, year: 'numeric', month: 'long', day: 'numeric' }).format(at)
}
