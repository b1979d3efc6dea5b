import { describe, expect, it } from 'vitest'
import { textBlock } from './blocks.ts'
import { leadingNumber } from './headings.ts'
import { chinese, formatNumber, readNumber } from './numerals.ts'
import { outlineOf } from './outline.ts'

describe('numbers', () => {
  it('reads what it writes, in every writing', () => {
    for (let value = 1; value < 2000; value += 7) {
      expect(readNumber(chinese(value)), chinese(value)).toBe(value)
      for (const format of ['decimal', 'decimalFullWidth', 'chineseLegalSimplified']) expect(readNumber(formatNumber(value, format))).toBe(value)
    }
    for (let value = 1; value < 40; value += 1) expect(readNumber(formatNumber(value, 'upperRoman'))).toBe(value)
    expect(['十', '二十一', '一百零五', '〇', '两', 'Ⅳ', 'ＩＶ', '４', 'iiii', '甲'].map(readNumber)).toEqual([
      10,
      21,
      105,
      0,
      2,
      4,
      4,
      4,
      null,
      null,
    ])
  })

  it('reads leading numbers of all kinds', () => {
    const read = (text: string) => {
      const found = leadingNumber(text)
      return found === null ? null : [found.kind, found.number, found.value, found.rest]
    }
    expect(read('第一章 总则')).toEqual(['chapter', '第一章', 1, '总则'])
    expect(read('第十二节　指挥')).toEqual(['section', '第十二节', 12, '指挥'])
    expect(read('一、总则')).toEqual(['han', '一、', 1, '总则'])
    expect(read('（三）二级响应')).toEqual(['han-paren', '（三）', 3, '二级响应'])
    expect(read('1.1 编制目的')).toEqual(['decimal', '1.1', 1, '编制目的'])
    expect(read('１．２．３编制目的')).toEqual(['decimal', '１．２．３', 3, '编制目的'])
    expect(read('4．响应')).toEqual(['decimal', '4．', 4, '响应'])
    expect(read('(2) 报告')).toEqual(['decimal-paren', '(2)', 2, '报告'])
    expect(read('③巡查')).toEqual(['circled', '③', 3, '巡查'])
    expect(read('附件 2：通讯录')).toEqual(['annex', '附件 2', 2, '通讯录'])
    expect(read('附件')).toEqual(['annex', '附件', null, ''])
  })

  it('does not take figures, dates and telephones for numbers', () => {
    for (const text of [
      '30分钟内到达',
      '2026年5月1日起',
      '0913-0100001',
      '7.0级以上地震',
      '3.5米',
      '一级响应',
      '三名伤员',
      '十五日内',
      '附件1所列单位',
      '5000人',
    ]) {
      const found = leadingNumber(text)
      expect(found === null || found.parts > 1, text).toBe(true)
    }
  })
})

describe('outline', () => {
  const shape = (texts: string[], traits = {}) =>
    outlineOf(texts.map((text) => textBlock(text, traits))).map(({ kind, depth, number, unsure }) => [kind, depth, number, ...unsure])

  it('finds the depths of mixed numbering', () => {
    expect(
      shape([
        '第一章 总则',
        '一、目的',
        '（一）依据',
        '正文。',
        '1.范围',
        '正文。',
        '二、原则',
        '第二章 组织',
        '一、机构',
        '附件1 通讯录',
        '一、名单',
      ]),
    ).toEqual([
      ['heading', 1, '第一章'],
      ['heading', 2, '一、'],
      ['heading', 3, '（一）'],
      ['text', null, null],
      ['heading', 4, '1.'],
      ['text', null, null],
      ['heading', 2, '二、'],
      ['heading', 1, '第二章'],
      ['heading', 2, '一、'],
      ['heading', 1, '附件1'],
      ['heading', 2, '一、'],
    ])
  })

  it('leaves numbered sentences and lists as text', () => {
    expect(
      shape(['1 总则', '（1）市公安局负责警戒。', '（2）市应急局负责协调。', '1. 市公安局', '2. 市水利局', '3. 市气象局']).map(([kind]) => kind),
    ).toEqual(['heading', 'text', 'text', 'text', 'text', 'text'])
  })

  it('splits a run-in title from its text, and says when it is not sure', () => {
    const outline = outlineOf([textBlock('（一）启动条件。发生特别重大事故。'), textBlock('处置要点', { isBold: true })])
    expect(outline.map(({ kind, body, unsure }) => [kind, body, unsure])).toEqual([
      ['heading', '启动条件', ['heading']],
      ['text', '发生特别重大事故。', []],
      ['heading', '处置要点', ['heading']],
    ])
  })

  it('names numbers that do not follow', () => {
    expect(shape(['一、总则', '三、响应'])).toEqual([
      ['heading', 1, '一、'],
      ['heading', 1, '三、', 'number-gap'],
    ])
    expect(shape(['1 总则', '1.1 目的', '1.2 依据', '2 组织', '2.1 机构', '2.3 职责']).at(-1)).toEqual(['heading', 2, '2.3', 'number-gap'])
  })

  it('keeps the table of contents out of the tree', () => {
    expect(shape(['目录', '一、总则……………1', '二、组织\t3', '一、总则', '二、组织']).map(([kind]) => kind)).toEqual([
      'toc',
      'toc',
      'toc',
      'heading',
      'heading',
    ])
  })
})
