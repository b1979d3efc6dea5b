// The sample ledgers (台账): invented teams, stores, shelters and sites round real county seats, five rows in a hundred wrong on purpose.
import { centreOf } from './areas.mjs'
import { between, near, pick, seeded } from './random.mjs'
import { risksOf } from './regions.mjs'

export const header = [
  '编号',
  '名称',
  '类别',
  '子类',
  '行政区划代码',
  '地址',
  '经度',
  '纬度',
  '联系人',
  '联系电话',
  '人数/容量',
  '装备',
  '准备状态',
  '权属单位',
  '更新日期',
  '有效期至',
]

const surnames = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']
const cityDialling = {
  6101: '029',
  6102: '0919',
  6103: '0917',
  6104: '029',
  6105: '0913',
  6106: '0911',
  6107: '0916',
  6108: '0912',
  6109: '0915',
  6110: '0914',
}

const teamKit = {
  综合: '水罐消防车2辆、液压破拆工具1套、照明车1辆、卫星电话2部',
  矿山: '正压氧气呼吸器30台、快速密闭1套、生命探测仪2台、大流量排水泵2台',
  危化: '重型防化服12套、有毒气体探测仪6台、堵漏器材2套、洗消帐篷1顶、氯气捕消器4具',
  防汛: '冲锋舟6艘、救生衣120件、移动排水泵车2辆、编织袋5000条',
  地质: '全站仪1台、无人机2架、裂缝报警器20套、挖掘机2台',
  森林消防: '风力灭火机40台、高压水泵6台、油锯10台、阻火服60套',
  尾矿: '挖掘机3台、装载机2台、土工布5000平方米、应急照明4套',
}

/** @param {{ code: string, name: string, parent: string, kind: string }[]} areas @returns {Record<string, (string | number)[][]>} ledger file → rows */
export function ledgers(areas) {
  const next = seeded(20260901)
  const counties = areas.filter((area) => area.kind === 'county')
  /** @type {Record<string, (string | number)[][]>} */
  const files = { teams: [], stores: [], equipment: [], shelters: [], hospitals: [], experts: [], 'fire-stations': [], 'protection-targets': [] }
  for (const county of counties) fill(county, files, next)
  for (const rows of Object.values(files)) spoil(rows, next)
  return files
}

/** @param {{ code: string, name: string }} county @param {Record<string, (string | number)[][]>} files @param {() => number} next */
function fill(county, files, next) {
  const short = county.name
  const row = maker(county, next)
  for (const risk of risksOf(county.code))
    files.teams?.push(
      row({
        name: `${short}${risk === '综合' ? '综合应急' : risk}救援队`,
        kind: '救援队伍',
        sub: risk,
        radiusKm: 6,
        amount: between(next, 18, 80),
        kit: teamKit[/** @type {keyof typeof teamKit} */ (risk)],
      }),
    )
  files.stores?.push(
    row({
      name: `${short}应急物资储备库`,
      kind: '物资储备库',
      sub: '县级库',
      radiusKm: 5,
      amount: between(next, 300, 2500),
      kit: '帐篷、棉被、折叠床、发电机、应急灯',
    }),
  )
  for (const item of ['大功率排水车', '应急发电车', '移动照明灯塔'].slice(0, between(next, 1, 3)))
    files.equipment?.push(row({ name: `${short}${item}`, kind: '装备', sub: item, radiusKm: 6, amount: between(next, 1, 3), kit: item }))
  for (let index = 1; index <= 3; index++)
    files.shelters?.push(
      row({
        name: `${short}第${index}应急避难场所`,
        kind: '避难场所',
        sub: index === 1 ? '固定' : '紧急',
        radiusKm: 5,
        amount: between(next, 3, 60) * 100,
        kit: '供水、供电、指示牌',
      }),
    )
  for (const sub of ['综合医院', '中医医院'])
    files.hospitals?.push(
      row({
        name: `${short}${sub}`,
        kind: '医疗机构',
        sub,
        radiusKm: 4,
        amount: between(next, 8, 90) * 10,
        kit: sub === '综合医院' ? '急救车4辆、ICU 8张' : '急救车2辆',
      }),
    )
  files.experts?.push(
    row({ name: `${short}应急专家${pick(next, surnames)}`, kind: '专家', sub: pick(next, risksOf(county.code)), radiusKm: 5, amount: 1, kit: '' }),
  )
  files['fire-stations']?.push(
    row({
      name: `${short}消防救援站`,
      kind: '消防救援站',
      sub: '普通站',
      radiusKm: 4,
      amount: between(next, 15, 45),
      kit: '泡沫水罐车3辆、举高车1辆、抢险救援车1辆',
    }),
  )
  for (const sub of ['小学', '初级中学', '养老机构', '村庄', '村庄'])
    files['protection-targets']?.push(
      row({
        name: `${short}${pick(next, ['城关', '东关', '西关', '南塬', '北塬', '河西', '川口'])}${sub === '村庄' ? '村' : sub}`,
        kind: '防护目标',
        sub,
        radiusKm: 12,
        amount: between(next, 8, 240) * 10,
        kit: '',
      }),
    )
}

/** @param {{ code: string, name: string }} county @param {() => number} next */
function maker(county, next) {
  let serial = 0
  const dialling = cityDialling[/** @type {keyof typeof cityDialling} */ (/** @type {unknown} */ (county.code.slice(0, 4)))]
  /** @param {{ name: string, kind: string, sub: string, radiusKm: number, amount: number, kit: string }} thing */
  return (thing) => {
    serial += 1
    const [lon, lat] = near(next, centreOf(county.code), thing.radiusKm)
    return [
      `YL-${county.code}-${String(serial).padStart(3, '0')}`,
      `${thing.name}（样例）`,
      thing.kind,
      thing.sub,
      county.code,
      `${county.name}（样例地址）`,
      /** @type {number} */ (lon),
      /** @type {number} */ (lat),
      `样例${pick(next, surnames)}`,
      `${dialling}-0${county.code.slice(4)}${String(serial).padStart(4, '0')}`,
      thing.amount,
      thing.kit,
      pick(next, ['战备', '战备', '战备', '可用', '检修']),
      `${county.name}应急管理局（样例）`,
      `{{date-${between(next, 3, 200)}}}`,
      thing.kind === '防护目标' ? '' : `{{date+${between(next, 60, 720)}}}`,
    ]
  }
}

const mistakes = [
  (/** @type {any[]} */ row) => ([row[6], row[7]] = [row[7], row[6]]), // latitude and longitude swapped
  (/** @type {any[]} */ row) => (row[1] = ''), // no name
  (/** @type {any[]} */ row) => (row[10] = '若干'), // not a number
  (/** @type {any[]} */ row) => (row[6] = Number(row[6]) + 9), // outside the area
  (/** @type {any[]} */ row) => (row[15] = '{{date-45}}'), // expired
  (/** @type {any[]} */ row) => (row[4] = '61O502'), // a letter in the code
]

/** Makes every twentieth row wrong in one way, and adds a duplicate now and then. @param {(string | number)[][]} rows @param {() => number} next */
function spoil(rows, next) {
  for (let index = 7; index < rows.length; index += 20) {
    const row = rows[index]
    if (row === undefined) continue
    if (next() < 0.15) rows.splice(index + 1, 0, [...row])
    else pick(next, mistakes)(row)
  }
}
