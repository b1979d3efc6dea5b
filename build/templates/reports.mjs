// Writes resources/templates/<kind>.docx: a shipped document for each kind of report, and the 交接班记录; names given behind the command write only those.
import { writeFile } from 'node:fs/promises'
import { AlignmentType, Packer } from 'docx'
import {
  addressee,
  blank,
  body,
  contact,
  documentOf,
  faces,
  foot,
  form,
  imprint,
  list,
  map,
  masthead,
  paragraph,
  red,
  rule,
  run,
  tab,
  text,
  title,
} from './layout.mjs'

/** 首报, 续报 and the others that are sent up: 版头, title, text, map, 版记. @param {{ head: string, under?: string, pt?: number }} options */
const paper = (options) => [
  ...masthead({ ...options, isNumbered: true }),
  ...title(),
  addressee(),
  ...body(),
  map(),
  ...contact(),
  ...foot(),
  imprint(),
]

/** What is read out or sent as a message: one sheet, large, nothing else. @param {string} head @param {string} hint */
const sheet = (head, hint) => [
  paragraph([run(head, { face: faces.title, pt: 28, color: red })], { alignment: AlignmentType.CENTER, spacing: { line: 720, after: 120 } }),
  rule(red, 18),
  paragraph([run(hint, { face: faces.kai, pt: 14 })], { alignment: AlignmentType.CENTER, spacing: { before: 120, after: 120 } }),
  ...body(),
  blank(),
  paragraph([run('签发人：'), run('{签发人}', { face: faces.kai }), tab(), run('{日期}')], { tabStops: [{ type: 'right', position: 8845 }] }),
]

const instruction = [
  paragraph([run('领导批示办理单', { face: faces.title, pt: 28, color: red })], {
    alignment: AlignmentType.CENTER,
    spacing: { line: 720, after: 80 },
  }),
  paragraph([run('{报送单位}'), tab(), run('第　{期号}　号')], { tabStops: [{ type: 'right', position: 8845 }] }),
  rule(red, 18),
  blank(),
  form([
    { name: '标题', value: '{标题}' },
    { name: '批示领导', value: '{批示领导}' },
    { name: '批示内容', value: '{批示内容}', lines: 3 },
    { name: '承办单位', value: '{承办}' },
    { name: '办理时限', value: '{时限}' },
    { name: '办理情况', value: '{办理情况}', lines: 4 },
    { name: '签发人', value: '{签发人}　{日期}' },
    { name: '联系人', value: '{联系人}　{联系电话}' },
  ]),
]

const order = [
  ...masthead({ head: '调 度 令', isNumbered: true }),
  ...title(),
  addressee(),
  ...body(),
  map(),
  ...contact(),
  ...foot(),
  text([run('签收人：　　　　　签收时间：　月　日　时　分', { face: faces.kai })]),
  imprint(),
]

const handover = [
  paragraph([run('交接班记录', { face: faces.title, pt: 28, color: red })], { alignment: AlignmentType.CENTER, spacing: { line: 720, after: 80 } }),
  paragraph([run('{单位}')], { alignment: AlignmentType.CENTER }),
  rule(red, 18),
  blank(),
  form([
    { name: '交班班次', value: '{交班班次}' },
    { name: '接班班次', value: '{接班班次}' },
  ]),
  paragraph([run('{#单方接班}单方接班：{单方接班}{/单方接班}')]),
  list({
    of: '事项',
    columns: [
      { name: '序号', value: '序号', width: 12 },
      { name: '类别', value: '类别', width: 16 },
      { name: '事项', value: '内容', width: 68 },
      { name: '处理', value: '处理', width: 22 },
      { name: '交代事项或理由', value: '交代', width: 38 },
    ],
  }),
  paragraph([run('{无事项}', { pt: 12 })]),
  paragraph([run('其他说明：{其他说明}')]),
  paragraph([run('{#收回签字}曾收回签字：{收回签字}{/收回签字}')]),
  blank(),
  paragraph([run('交班人：'), run('{交班人}', { face: faces.kai })]),
  paragraph([run('接班人：'), run('{接班人}', { face: faces.kai })]),
]

/** @type {Record<string, [name: string, children: any[]]>} */
const documents = {
  first: ['首报', paper({ head: '突发事件信息', under: '（{报告名称}）' })],
  'follow-up': ['续报', paper({ head: '突发事件信息', under: '（{报告名称}）' })],
  final: ['终报', paper({ head: '突发事件信息', under: '（{报告名称}）' })],
  bulletin: ['值班快报', paper({ head: '值 班 快 报' })],
  special: ['信息专报', paper({ head: '信 息 专 报' })],
  digest: ['值班要情', paper({ head: '值 班 要 情' })],
  'response-start': ['启动应急响应通知', paper({ head: '应急响应通知', under: '（启动）' })],
  'response-change': ['调整应急响应级别通知', paper({ head: '应急响应通知', under: '（级别调整）' })],
  'response-end': ['终止应急响应通知', paper({ head: '应急响应通知', under: '（终止）' })],
  'dispatch-order': ['调度令', order],
  'instruction-sheet': ['批示办理单', instruction],
  'short-message': ['短信体', sheet('短信报送', '发出后记下发给谁、何时、对方怎么说')],
  handover: ['交接班记录', handover],
  'telephone-script': ['电话口述稿', sheet('电话口述稿', '逐行念，对方复述后记下接听人和时间')],
}
const wanted = process.argv.slice(2)
for (const [kind, [name, children]] of Object.entries(documents).filter(([kind]) => wanted.length === 0 || wanted.includes(kind)))
  await writeFile(
    new URL(`../../resources/templates/${kind}.docx`, import.meta.url),
    await Packer.toBuffer(documentOf(name, children, { hasGrid: kind !== 'handover' })),
  )
