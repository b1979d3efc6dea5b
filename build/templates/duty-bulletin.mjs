// Writes resources/templates/duty-bulletin.docx: the shipped 值班快报, laid out after GB/T 9704-2012, with the fields that bulletins.service.ts fills.
import { writeFile } from 'node:fs/promises'
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  LineRuleType,
  Packer,
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

const mm = (value) => Math.round((value / 25.4) * 1440)
// 版心 156 × 225 mm: 22 lines of 28 characters of 三号 (16 pt), which takes a quarter of a point from each character.
const line = Math.round(mm(225) / 22)
const tightTwips = -5
const fonts = { text: '仿宋_GB2312', title: '方正小标宋简体', bold: '黑体', kai: '楷体_GB2312', number: '宋体' }
const run = (text, options = {}) =>
  new TextRun({
    text,
    font: font(options.face ?? fonts.text),
    size: (options.pt ?? 16) * 2,
    color: options.color,
    bold: options.bold,
    characterSpacing: (options.pt ?? 16) === 16 ? tightTwips : 0,
  })
const font = (eastAsia) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia, cs: 'Times New Roman' })
const spacing = (options = {}) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0, ...options })
const paragraph = (children, options = {}) =>
  new Paragraph({ children, spacing: spacing(options.spacing), ...options, ...(options.spacing ? { spacing: spacing(options.spacing) } : {}) })
const text = (children, options = {}) => paragraph(children, { indent: { firstLine: 32 * 20 }, ...options })
const rightEdge = [{ type: TabStopType.RIGHT, position: mm(156) }]
const red = 'C00000'
const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }

function rule(color, size) {
  return new Paragraph({
    children: [],
    spacing: { line: 120, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    border: { bottom: { style: BorderStyle.SINGLE, size, color, space: 1 } },
  })
}

/** The two thin lines of the 版记 with 抄送 and the printing date between. */
function imprint() {
  const edge = (size) => ({ style: BorderStyle.SINGLE, size, color: '000000' })
  const row = (children, top, bottom) =>
    new TableRow({
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
      row([run('抄送：{抄送}', { pt: 14 })], 8, 4),
      row([run('{报送单位}', { pt: 14 }), new TextRun({ children: [new Tab()] }), run('{日期}印发', { pt: 14 })], 4, 8),
    ],
  })
}

const document = new Document({
  creator: '望楼',
  title: '值班快报',
  styles: { default: { document: { run: { font: font(fonts.text), size: 32 } } } },
  sections: [
    {
      properties: {
        page: { size: { width: mm(210), height: mm(297) }, margin: { top: mm(37), left: mm(28), right: mm(26), bottom: mm(35), footer: mm(22) } },
        grid: { type: DocumentGridType.LINES, linePitch: line },
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
      children: [
        paragraph([run('{紧急程度}', { face: fonts.bold }), new TextRun({ children: [new Tab()] }), run('（{拟稿标记}）', { face: fonts.bold })], {
          tabStops: rightEdge,
        }),
        paragraph([run('值 班 快 报', { face: fonts.title, pt: 42, color: red })], {
          alignment: AlignmentType.CENTER,
          spacing: { line: 1100, before: 200, after: 120 },
        }),
        paragraph([run('第　{期号}　期')], { alignment: AlignmentType.CENTER }),
        paragraph([run('{报送单位}'), new TextRun({ children: [new Tab()] }), run('签发人：', {}), run('{签发人}', { face: fonts.kai })], {
          tabStops: rightEdge,
          spacing: { before: 120 },
        }),
        rule(red, 18),
        paragraph([], {}),
        paragraph([run('{标题}', { face: fonts.title, pt: 22 })], { alignment: AlignmentType.CENTER, spacing: { line: 720 } }),
        paragraph([], {}),
        paragraph([run('{#主送}{主送}：{/主送}')]),
        paragraph([run('{#正文}')]),
        text([run('{段落}')], { alignment: AlignmentType.BOTH }),
        paragraph([run('{/正文}')]),
        paragraph([], {}),
        text([run('（联系人：{联系人}　电话：{联系电话}）')]),
        paragraph([], {}),
        paragraph([run('{报送单位}')], { alignment: AlignmentType.RIGHT, indent: { right: 640 } }),
        paragraph([run('{日期}')], { alignment: AlignmentType.RIGHT, indent: { right: 640 }, spacing: { after: line } }),
        imprint(),
      ],
    },
  ],
})
await writeFile(new URL('../../resources/templates/duty-bulletin.docx', import.meta.url), await Packer.toBuffer(document))
