// The sample 通讯录: posts before names, numbers nobody answers, one row in twenty wrong on purpose for the quality report. Invented.
import { between, pick, seeded } from './random.mjs'
import { verified } from './units.mjs'

export const contactsHeader = ['单位编号', '单位', '岗位', '姓名', '值班电话', '办公电话', '手机', '传真', '卫星电话', '排序', '备注', '核对日期']

const stems = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸']
const cityPosts = ['局长（带班领导）', '副局长（带班领导）', '值班长', '应急指挥科科长', '危化监管科科长', '防汛抗旱科科长']
const countyPosts = ['局长（带班领导）', '应急股股长']
/** Counties of the sample centre's city have people too, the others their duty room alone. */
const sampleCity = 'U-610500'

/** @param {string[][]} units rows of units.csv */
export function contacts(units) {
  const next = seeded(20260906)
  let line = 0
  const number = () => `0913-0${200000 + line++}`
  const person = () => `样例${pick(next, stems)}${pick(next, stems)}`
  const rows = units.flatMap(([code = '', name = '', superior = '', kind = '']) => {
    const isCity = kind === 'city' || kind === 'province'
    const room = [code, name, '值班室', '', number(), '', '', number(), isCity ? number() : '', '0', '', verified(next)]
    const posts = isCity ? cityPosts : superior === sampleCity ? countyPosts : []
    return [room, ...posts.map((post, index) => [code, name, post, person(), '', number(), number(), '', '', String(index + 1), '', verified(next)])]
  })
  return [...rows, ...wrong(next, rows)]
}

/** What a phone book that many hands have kept looks like. @param {() => number} next @param {string[][]} rows */
function wrong(next, rows) {
  const one = () => rows[between(next, 0, rows.length - 1)] ?? []
  const changed = (/** @type {string[]} */ row, /** @type {Record<number, string>} */ cells) => row.map((cell, index) => cells[index] ?? cell)
  return [
    changed(one(), { 0: '', 1: '已撤并的单位（样例）', 2: '联络员', 3: '样例甲', 4: '', 5: '0913-0199001' }),
    changed(one(), { 0: '', 1: '某镇政府（样例）', 2: '值班室', 4: '0913-0199002' }),
    changed(one(), { 2: '信息员', 3: '样例乙', 4: '', 5: '', 6: '', 7: '', 8: '' }),
    changed(one(), { 2: '驾驶员', 3: '样例丙', 4: '', 5: '同办公室', 6: '', 7: '' }),
    changed(one(), { 2: '联络员', 3: '样例丁', 4: '', 5: '0913-01990', 6: '见群公告', 7: '' }),
    one(),
    one(),
    changed(one(), { 0: '', 1: '', 2: '主任', 3: '样例戊' }),
    changed(one(), { 2: '', 3: '', 4: '', 5: '0913-0199003' }),
    changed(one(), { 2: '协调员', 3: '样例己', 11: '去年底' }),
  ]
}
