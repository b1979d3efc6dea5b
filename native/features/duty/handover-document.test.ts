// 交接班记录: what its rows say.
import { expect, test } from 'vitest'
import type { Handover } from '../../contract/index.ts'
import { handoverValues } from './handover-document.ts'
import { eight, hourMs } from './testing.ts'

test('a matter says its limit and that it came up between the signatures; a watch taken alone says why', () => {
  const watch = {
    day: '2026-11-26',
    shiftName: '全天',
    takenAt: eight,
    people: { watchLeaders: [{ name: '样例甲', telephone: '' }], shiftLeaders: [], officers: [] },
  }
  const matter = {
    matter: 'task:b',
    kind: 'task',
    title: '调泵车',
    detail: '样例队',
    decision: 'drop',
    words: '队已归',
    dueAt: eight + hourMs,
    raised: 'between',
  }
  const handover = {
    state: 'half',
    watch,
    nextWatch: { ...watch, reason: '交班人已离岗' },
    remarks: '',
    outgoing: { name: '样例甲', means: 'session', at: eight },
    incoming: null,
    withdrawnWords: '',
    matters: [matter],
  } as unknown as Handover
  expect(handoverValues(handover, '样例市应急管理局')).toMatchObject({
    拟稿标记: '接班人未签字',
    单方接班: '交班人已离岗',
    交班班次: '11月26日 全天（11月26日8时接班）\n带班领导 样例甲　值班长 —　值班员 —',
    事项: [{ 序号: '1', 类别: '指令', 内容: '调泵车（样例队）　时限 11月26日9时　【交班签字后新增】', 处理: '办结/不移交', 交代: '队已归' }],
    其他说明: '无',
    交班人: '样例甲（本人登录，11月26日8时）',
    接班人: '',
  })
  expect(handoverValues({ ...handover, matters: [], state: 'done' }, '')).toMatchObject({ 事项: [], 无事项: '没有需要移交的事项。', 拟稿标记: '' })
})
