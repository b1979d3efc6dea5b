import { describe, expect, it } from 'vitest'
import type { PlanParagraph } from '../../../native/contract/index.ts'
import { rangesIn, readBlocks } from './plan-text.ts'

function paragraph(id: string, cells: string[] | null): PlanParagraph {
  return {
    id,
    position: 0,
    kind: cells === null ? 'text' : 'row',
    depth: null,
    number: null,
    body: cells?.join(' ') ?? id,
    cells,
    isHeaderRow: false,
    tiers: [],
    unsure: [],
  }
}

describe('reading a plan', () => {
  it('makes tables of rows, one for each run of the same width, and joins merged cells', () => {
    const blocks = readBlocks([
      paragraph('a', null),
      paragraph('b', ['级', '分工', '分工']),
      paragraph('c', ['一', '', '']),
      paragraph('d', ['x', 'y']),
      paragraph('e', null),
    ])
    expect(blocks.map((block) => (block.kind === 'table' ? block.rows.length : block.key))).toEqual(['a', 2, 1, 'e'])
    const [head, row] = blocks[1]?.kind === 'table' ? blocks[1].rows : []
    expect(head?.cells).toEqual([
      { text: '级', span: 1 },
      { text: '分工', span: 2 },
    ])
    expect(row?.cells.map((cell) => cell.span)).toEqual([1, 1, 1])
  })
  it('marks every word, overlapping ones once', () => {
    expect(rangesIn('氯气泄漏 Chlorine', '氯气 CHLOR 气泄')).toEqual([
      [0, 2],
      [5, 10],
    ])
    expect(rangesIn('氯气', '')).toEqual([])
  })
})
