// The wording check on sentences as officers write them: what must be warned of, and what must not.
import { describe, expect, test } from 'vitest'
import { emptyFields } from './report-kinds.ts'
import { checkWording, isAnswered, type WordingKind } from './report-wording.ts'

const found = (words: string): WordingKind[] => checkWording('first', { ...emptyFields, 标题: '样例', 正文: [words] }).map((one) => one.kind)

describe('warns of', () => {
  test.each<[string, WordingKind[]]>([
    ['事故原因是操作工违章作业。', ['cause']],
    ['起火原因为电气线路短路。', ['cause']],
    ['因阀门老化失修，氯气外泄。', ['cause']],
    ['系人为纵火。', ['cause']],
    ['由于企业管理不善引发泄漏。', ['cause']],
    ['企业存在瞒报行为。', ['cause']],
    ['属责任事故。', ['cause']],
    ['该企业监管不到位。', ['cause']],
    ['造成2人送医。', ['number']],
    ['疏散约600人。', ['number']],
    ['送医三人，正在救治。', ['number']],
    ['直接经济损失120万元。', ['number']],
    ['受害森林面积3公顷。', ['number']],
    ['据119通报，死亡3人。', ['death']],
    ['1人遇难（据企业值班室）。', ['death']],
    ['据县卫健局，死者张某某已确认身份。', []],
    ['据市医院，伤者王建国已转院。', ['name']],
    ['据公安，驾驶员李四（男，45岁）已控制。', ['name']],
    ['身份证号610502198001011234。', ['identity']],
    ['家属电话13812345678。', ['identity']],
    ['下一步工作（待填）', ['blank']],
    ['截至×日×时××人被困', ['blank']],
  ])('%s', (words, kinds) => {
    expect(found(words)).toEqual(kinds)
  })
})

describe('does not warn of', () => {
  test.each([
    '事故原因正在调查。',
    '起火原因待查，责任认定尚未开始。',
    '送医2人（据县卫健局，截至14时30分，待核）。',
    '无死亡（据119，截至14时30分，待核）；送医2人（据119）。',
    '据县卫健局，死亡1人，送医2人。',
    '经公安机关核实，死亡1人。',
    '死亡3人（据市人民医院，截至14时30分，已核实）。',
    '责任单位已到场，责任人李某在场。',
    '据市医院，伤者方面已安排专人。',
    '样例医院第三人民医院已接诊。',
    '14时20分许，渭南市临渭区发生氯气泄漏。',
    '1．指令渭南危化救援队赴样例工业园：堵漏。14时40分下达（电话 样例队长）。',
    '初判事件等级：较大（《生产安全事故报告和调查处理条例》第三条：死亡3人以上10人以下）。',
    '伤者王某某已转院，据市医院。',
    '联系工人俱乐部安置群众。',
  ])('%s', (words) => {
    expect(found(words)).toEqual([])
  })
})

test('a source counts for its own part of a sentence', () => {
  expect(found('送医2人（据119）；疏散600人。')).toEqual(['number'])
})

test('an override answers the warning of its words alone', () => {
  const [warning] = checkWording('first', { ...emptyFields, 正文: ['疏散600人。'] })
  expect(warning).toMatchObject({ kind: 'number', field: '正文', paragraph: 0, words: '600人' })
  if (warning === undefined) return
  expect(isAnswered(warning, [{ kind: 'number', words: '600人', reason: '现场清点' }])).toBe(true)
  expect(isAnswered(warning, [{ kind: 'number', words: '600人', reason: ' ' }])).toBe(false)
  expect(isAnswered(warning, [{ kind: 'number', words: '60人', reason: '现场清点' }])).toBe(false)
})

test('a short message longer than it may be, names in a title, the line of who is to be called', () => {
  expect(checkWording('short-message', { ...emptyFields, 正文: ['据'.repeat(201)] }).map((one) => one.kind)).toEqual(['length'])
  expect(checkWording('first', { ...emptyFields, 标题: '关于死者王建国的报告' }).map((one) => one.kind)).toEqual([])
  expect(checkWording('first', { ...emptyFields, 标题: '死者王建国，男，情况报告' }).map((one) => one.kind)).toEqual(['name'])
  expect(checkWording('first', { ...emptyFields, 联系人: '王建国', 联系电话: '13812345678' })).toEqual([])
})
