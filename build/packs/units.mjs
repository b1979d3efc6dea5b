// The sample table of reporting units (报送关系): emergency departments, the 总值班室 beside them, and the departments told sideways. Invented.
import { between, seeded } from './random.mjs'

export const unitsHeader = ['编号', '名称', '上级编号', '类型', '管辖区划', '值班电话', '核对日期']

/** They report to the province themselves. */
const direct = new Set(['610403', '610581'])
const suffix = { province: '应急管理厅', city: '应急管理局', county: '应急管理局' }
/** Whom the sample centre's city tells sideways (横向通报). */
const departments = ['消防救援支队指挥中心', '公安局值班室', '卫生健康委员会值班室', '生态环境局值班室', '气象局值班室', '宣传部值班室']
const sampleCity = '610500'

/**
 * 10 设区市 + 杨凌 + 韩城 report to the province, counties to their city; most numbers verified within weeks, some stale, some never.
 * @param {{ code: string, name: string, parent: string, kind: string }[]} areas
 */
export function units(areas) {
  const next = seeded(20260905)
  const nameOf = (/** @type {{ code: string, name: string }} */ area) => (area.code === '610403' ? '杨凌示范区' : area.name)
  const isCity = (/** @type {{ code: string, kind: string }} */ area) => area.kind === 'city' || direct.has(area.code)
  const bureaus = areas.map((area) => [
    `U-${area.code}`,
    `${nameOf(area)}${suffix[/** @type {keyof typeof suffix} */ (area.kind)]}`,
    area.kind === 'province' ? '' : direct.has(area.code) ? 'U-610000' : `U-${area.parent}`,
    direct.has(area.code) ? 'city' : area.kind,
    area.code,
  ])
  const offices = areas
    .filter((area) => area.kind === 'province' || isCity(area))
    .map((area) => [`Z-${area.code}`, `${nameOf(area)}总值班室`, area.kind === 'province' ? '' : 'Z-610000', 'government', area.code])
  const sideways = departments.map((name, index) => [`B-${sampleCity}-${index + 1}`, `渭南市${name}`, `Z-${sampleCity}`, 'department', sampleCity])
  return [...bureaus, ...offices, ...sideways].map(([code = '', name = '', ...rest], index) => [
    code,
    `${name}（样例）`,
    ...rest,
    `029-0${100000 + index}`,
    verified(next),
  ])
}

/** @param {() => number} next @returns {string} a day relative to the first run; '' = never */
export function verified(next) {
  const draw = next()
  if (draw < 0.06) return ''
  return `{{date-${draw < 0.16 ? between(next, 31, 120) : between(next, 1, 29)}}}`
}
