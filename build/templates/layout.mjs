// The layout that every shipped document shares, after GB/T 9704-2012: page, grid, fonts by name, 版头, 版记, page number, the notice on each page.
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  Header,
  LineRuleType,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'

/** @param {number} value millimetres @returns twentieths of a point */
export const mm = (value) => Math.round((value / 25.4) * 1440)
// 版心 156 × 225 mm: 22 lines of 28 characters of 三号 (16 pt), which takes a quarter of a point from each character.
const line = Math.round(mm(225) / 22)
const tightTwips = -5
const fonts = { text: '仿宋_GB2312', title: '方正小标宋简体', bold: '黑体', kai: '楷体_GB2312', number: '宋体' }
export const faces = fonts
export const red = 'C00000'
const font = (/** @type {string} */ eastAsia) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia, cs: 'Times New Roman' })
const spacing = (/** @type {object} */ options = {}) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0, ...options })
const rightEdge = [{ type: TabStopType.RIGHT, position: mm(156) }]
const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }
const edge = (/** @type {number} */ size) => ({ style: BorderStyle.SINGLE, size, color: '000000' })

/** @param {string} text @param {{ face?: string, pt?: number, color?: string }} options */
export const run = (text, options = {}) =>
  new TextRun({
    text,
    font: font(options.face ?? fonts.text),
    size: (options.pt ?? 16) * 2,
    ...(options.color === undefined ? {} : { color: options.color }),
    characterSpacing: (options.pt ?? 16) === 16 ? tightTwips : 0,
  })
export const tab = () => new TextRun({ children: [new Tab()] })
/** @param {any[]} children @param {any} options */
export const paragraph = (children, options = {}) => new Paragraph({ ...options, children, spacing: spacing(options.spacing) })
/** Two characters in from the left, as text begins. @param {any[]} children @param {any} options */
export const text = (children, options = {}) => paragraph(children, { indent: { firstLine: 32 * 20 }, ...options })
export const blank = () => paragraph([])

/** @param {string} color @param {number} size eighths of a point */
export function rule(color, size) {
  return new Paragraph({
    children: [],
    spacing: { line: 120, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    border: { bottom: { style: BorderStyle.SINGLE, size, color, space: 1 } },
  })
}

/** 版头: urgency, the paper's name in red, 期号, who signed, the red rule. @param {{ head: string, under?: string, pt?: number, isNumbered: boolean }} options */
export function masthead({ head, under, pt = 42, isNumbered }) {
  return [
    paragraph([run('{紧急程度}', { face: fonts.bold })]),
    paragraph([run(head, { face: fonts.title, pt, color: red })], {
      alignment: AlignmentType.CENTER,
      spacing: { line: Math.round(pt * 26), before: 160, after: 100 },
    }),
    ...(under === undefined ? [] : [paragraph([run(under, { face: fonts.kai, pt: 18 })], { alignment: AlignmentType.CENTER })]),
    ...(isNumbered ? [paragraph([run('第　{期号}　期')], { alignment: AlignmentType.CENTER })] : []),
    paragraph([run('{报送单位}'), tab(), run('签发人：'), run('{签发人}', { face: fonts.kai })], { tabStops: rightEdge, spacing: { before: 120 } }),
    rule(red, 18),
    blank(),
  ]
}

export const title = () => [
  paragraph([run('{标题}', { face: fonts.title, pt: 22 })], { alignment: AlignmentType.CENTER, spacing: { line: 720 } }),
  blank(),
]
export const addressee = () => paragraph([run('{#主送}{主送}：{/主送}')])
/** The text, a paragraph each. */
export const body = () => [paragraph([run('{#正文}')]), text([run('{段落}')], { alignment: AlignmentType.BOTH }), paragraph([run('{/正文}')])]
/** The map picture stands in a paragraph of its own; without one nothing is left. */
export const map = () => paragraph([run('{@地图}')])
export const contact = () => [blank(), text([run('（联系人：{联系人}　电话：{联系电话}）')]), blank()]
export const foot = () => [
  paragraph([run('{报送单位}')], { alignment: AlignmentType.RIGHT, indent: { right: 640 } }),
  paragraph([run('{日期}')], { alignment: AlignmentType.RIGHT, indent: { right: 640 }, spacing: { after: line } }),
]

/** The 版记: two thin lines with 抄送 and the printing date between. */
export function imprint() {
  const row = (/** @type {any[]} */ children, /** @type {number} */ top, /** @type {number} */ bottom) =>
    new TableRow({
      cantSplit: true,
      children: [
        new TableCell({
          children: [
            new Paragraph({
              children,
              tabStops: [{ type: TabStopType.RIGHT, position: mm(156) - 320 }],
              indent: { left: 140, right: 140 },
              spacing: { line: 480, lineRule: LineRuleType.EXACT },
            }),
          ],
          borders: { top: edge(top), bottom: edge(bottom), left: none, right: none },
          verticalAlign: VerticalAlign.CENTER,
        }),
      ],
    })
  return new Table({
    width: { size: mm(156), type: WidthType.DXA },
    columnWidths: [mm(156)],
    rows: [
      row([run('{#抄送}抄送：{抄送}{/抄送}', { pt: 14 })], 8, 4),
      row([run('{报送单位}', { pt: 14 }), tab(), run('{日期}印发', { pt: 14 })], 4, 8),
    ],
  })
}

/** A form of two columns: what is asked, and what is answered. @param {{ name: string, value: string, lines?: number }[]} rows */
export function form(rows) {
  const cell = (/** @type {any[]} */ children, /** @type {number} */ width, /** @type {boolean} */ isHead) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: 120, right: 120, top: 60, bottom: 60 },
      children: [new Paragraph({ children, alignment: isHead ? AlignmentType.CENTER : AlignmentType.LEFT, spacing: spacing() })],
    })
  return new Table({
    width: { size: mm(156), type: WidthType.DXA },
    columnWidths: [mm(32), mm(124)],
    rows: rows.map(
      ({ name, value, lines = 1 }) =>
        new TableRow({
          height: { value: line * lines + 160, rule: 'atLeast' },
          children: [cell([run(name, { face: fonts.bold })], mm(32), true), cell([run(value)], mm(124), false)],
        }),
    ),
  })
}

/** A list with a head on every page: the row is repeated for each of `of`. @param {{ of: string, columns: { name: string, value: string, width: number }[] }} options `width` in mm, 156 in all */
export function list({ of, columns }) {
  const cell = (/** @type {string} */ words, /** @type {number} */ width, /** @type {boolean} */ isHead) =>
    new TableCell({
      width: { size: mm(width), type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: 80, right: 80, top: 40, bottom: 40 },
      children: [
        new Paragraph({
          children: [run(words, { pt: 12, ...(isHead ? { face: fonts.bold } : {}) })],
          alignment: isHead ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: { line: 360, lineRule: LineRuleType.AT_LEAST },
        }),
      ],
    })
  const last = columns.length - 1
  const value = (/** @type {number} */ at) => `${at === 0 ? `{#${of}}` : ''}{${columns[at]?.value}}${at === last ? `{/${of}}` : ''}`
  return new Table({
    width: { size: mm(156), type: WidthType.DXA },
    columnWidths: columns.map(({ width }) => mm(width)),
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: columns.map(({ name, width }) => cell(name, width, true)) }),
      new TableRow({ cantSplit: true, children: columns.map(({ width }, at) => cell(value(at), width, false)) }),
    ],
  })
}

/** A4, 天头 37 mm, 订口 28 mm. The header says 拟稿 on every page until it is signed. @param {string} name @param {any[]} children @param {{ hasGrid?: boolean }} options `hasGrid`: lines of the 版心; a table in smaller type has its own */
export function documentOf(name, children, { hasGrid = true } = {}) {
  return new Document({
    creator: '望楼',
    title: name,
    styles: { default: { document: { run: { font: font(fonts.text), size: 32 } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(37), left: mm(28), right: mm(26), bottom: mm(35), header: mm(20), footer: mm(22) },
          },
          ...(hasGrid ? { grid: { type: DocumentGridType.LINES, linePitch: line } } : {}),
        },
        headers: {
          default: new Header({
            children: [
              new Paragraph({ alignment: AlignmentType.RIGHT, children: [run('{#拟稿标记}（{拟稿标记}）{/拟稿标记}', { face: fonts.bold })] }),
            ],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font(fonts.number), size: 28 })],
              }),
              new Paragraph({ alignment: AlignmentType.CENTER, children: [run('{非涉密提示}', { pt: 9, face: fonts.number, color: '595959' })] }),
            ],
          }),
        },
        children,
      },
    ],
  })
}
