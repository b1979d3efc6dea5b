// The list taken away: moments in full, no cell that a spreadsheet would run, the notice every export carries.
// @vitest-environment node
import { expect, test } from 'vitest'
import { unsentCsv } from './unsent-csv.ts'

const at = Date.UTC(2026, 10, 24, 7, 42, 7)

test('one line each, after the heads, before the notice', () => {
  const line = { at, what: '下达 · 指令', who: '=cmd()', lane: '指令', unit: '省厅, "一处"', entry: 's/up:61/3' }
  expect(unsentCsv([line], { heads: ['时间', '什么', '谁', '通道', '送给', '编号'], now: at }).split('\r\n')).toEqual([
    '\uFEFF时间,什么,谁,通道,送给,编号',
    `2026-11-24 15:42:07,下达 · 指令,'=cmd(),指令,"省厅, ""一处""",s/up:61/3`,
    '非涉密系统，严禁处理、存储、传输国家秘密,2026-11-24 15:42:07',
    '',
  ])
})
