// The sample incidents: invented, closed, spread over the last year, with reports whose figures change; times are minutes before the first run.
import { centreOf } from './areas.mjs'
import { between, near, pick, seeded } from './random.mjs'
import { risksOf } from './regions.mjs'

/** What may happen where: type code of the 2009 platform table, words, and whether people come to harm. */
const kinds = {
  综合: [
    ['12H02', '道路交通追尾事故', '两车追尾，现场交通受阻'],
    ['12G03', '居民楼火灾', '居民楼一层杂物间起火，浓烟上窜'],
    ['12P09', '燃气管道泄漏', '施工挖断燃气支管，周边已关阀'],
  ],
  矿山: [
    ['12A02', '煤矿顶板事故', '掘进面局部冒顶'],
    ['12A04', '矿井涌水', '工作面出水量增大，人员撤出'],
  ],
  危化: [
    ['12D02', '危险化学品泄漏', '储罐法兰垫片破损，物料外漏'],
    ['12D03', '危险化学品火灾', '装卸台起火，泡沫覆盖'],
  ],
  防汛: [
    ['11A01', '河道洪水险情', '水位超警戒，堤脚渗水'],
    ['11A02', '城区内涝', '短时强降雨，下穿立交积水'],
  ],
  地质: [
    ['11D01', '山体滑坡', '坡体滑移，道路中断'],
    ['11A51', '山洪灾害', '沟道洪水上涨，群众转移'],
  ],
  森林消防: [['11G01', '森林火情', '林缘地带冒烟，过火面积核查中']],
  尾矿: [['12B04', '尾矿库险情', '坝面出现渗流，已降库水位']],
}

/** @param {{ code: string, name: string, kind: string }[]} areas */
export function incidents(areas) {
  const next = seeded(20260903)
  const counties = areas.filter((area) => area.kind === 'county')
  const closed = Array.from({ length: 34 }, (_, index) => closedOne(pick(next, counties), index, next))
  return [...closed, followed(counties), ...open(counties)]
}

/** @param {{ code: string, name: string }} county @param {number} index @param {() => number} next */
function closedOne(county, index, next) {
  const [typeCode, what, words] = pick(next, kinds[/** @type {keyof typeof kinds} */ (pick(next, risksOf(county.code)))])
  const minutesAgo = between(next, 2 * 1440, 360 * 1440)
  const injured = next() < 0.45 ? between(next, 1, 4) : 0
  return {
    key: `closed-${index + 1}`,
    title: `${county.name}${what}`,
    typeCode,
    area: county.code,
    place: `${county.name}（样例地点）`,
    position: near(next, centreOf(county.code), 9),
    happenedMinutesAgo: minutesAgo,
    reportedMinutesAgo: minutesAgo - between(next, 4, 35),
    description: `${words}。本条为样例。`,
    source: pick(next, ['群众电话', '119 通报', '县级应急部门', '企业值班室']),
    figures: [{ metric: 'hospitalised', value: injured, source: '县级应急部门', state: 'verified', minutesAgo: minutesAgo - 60 }],
    closedMinutesAgo: minutesAgo - between(next, 180, 2000),
    reports: [],
  }
}

/** One complete 首报–续报–终报 whose figures change and of which one is corrected downward. @param {{ code: string, name: string }[]} counties */
function followed(counties) {
  const county = counties.find((area) => area.code === '610503')
  if (county === undefined) throw new Error('no 华州区')
  const start = 9 * 1440 + 370
  const figure = (
    /** @type {string} */ metric,
    /** @type {number} */ value,
    /** @type {string} */ source,
    /** @type {string} */ state,
    /** @type {number} */ after,
  ) => ({ metric, value, source, state, minutesAgo: start - after })
  return {
    key: 'followed-1',
    title: '华州区液氨泄漏（样例）',
    typeCode: '12D02',
    area: county.code,
    place: '华州区样例工业园',
    position: [109.74, 34.535],
    happenedMinutesAgo: start,
    reportedMinutesAgo: start - 8,
    description: '冷库制冷机房液氨管线阀门泄漏，企业已切断阀门，周边人员疏散。本条为样例。',
    source: '企业值班室',
    figures: [
      figure('hospitalised', 3, '企业值班室', 'unverified', 8),
      figure('hospitalised', 9, '119 通报', 'disputed', 31),
      figure('hospitalised', 6, '县级卫健部门', 'verified', 95),
      figure('evacuated', 300, '现场指挥部', 'unverified', 31),
      figure('evacuated', 420, '现场指挥部', 'verified', 95),
      figure('deaths', 0, '县级卫健部门', 'verified', 95),
    ],
    closedMinutesAgo: start - 540,
    reports: [
      { kind: '首报', afterMinutes: 22, words: '3 人送医、无死亡，疏散约 300 人（据企业值班室）。' },
      { kind: '续报一', afterMinutes: 60, words: '送医人数据 119 通报为 9 人，待核；疏散约 300 人。' },
      { kind: '续报二', afterMinutes: 110, words: '经县级卫健部门核实，送医 6 人（此前 9 人有误，予以更正），疏散 420 人，阀门已更换。' },
      { kind: '终报', afterMinutes: 500, words: '送医 6 人均已出院，无死亡；疏散 420 人已返回；环境监测合格。' },
    ],
  }
}

/** Two that are still worked on, so that the first picture is one of a duty room at work. @param {{ code: string, name: string }[]} counties */
function open(counties) {
  const next = seeded(20260905)
  const one = (
    /** @type {string} */ key,
    /** @type {string} */ code,
    /** @type {string} */ typeCode,
    /** @type {string} */ what,
    /** @type {string} */ description,
    /** @type {number} */ minutesAgo,
    /** @type {any[]} */ figures,
    /** Who has been told of it, so that no limit is late at the first look. @type {any[]} */ told,
  ) => {
    const county = counties.find((area) => area.code === code)
    if (county === undefined) throw new Error(`no ${code}`)
    return {
      key,
      title: `${county.name}${what}（样例）`,
      typeCode,
      area: code,
      place: `${county.name}（样例地点）`,
      position: near(next, centreOf(code), 8),
      happenedMinutesAgo: minutesAgo,
      reportedMinutesAgo: minutesAgo - 9,
      description: `${description}本条为样例。`,
      source: '县级值班室',
      figures,
      closedMinutesAgo: null,
      reports: [],
      told,
    }
  }
  const call = (/** @type {string} */ to, /** @type {string} */ who, /** @type {number} */ minutesAgo, /** @type {string} */ words) => ({
    to,
    means: 'telephone',
    who,
    minutesAgo,
    words,
  })
  const receipt = (/** @type {string} */ to, /** @type {string} */ who, /** @type {number} */ minutesAgo) => ({
    to,
    means: 'writing',
    who,
    minutesAgo,
    words: '书面首报已收',
  })
  return [
    one(
      'open-1',
      '610881',
      '12A04',
      '煤矿井下涌水',
      '综采面涌水量增大，井下人员正在撤出，排水设备已到位。',
      190,
      [
        { metric: 'trapped', value: 0, source: '县级值班室', state: 'verified', minutesAgo: 120 },
        { metric: 'atRisk', value: 46, source: '企业值班室', state: 'unverified', minutesAgo: 176 },
      ],
      [
        call('superior', '省厅值班员（样例）', 168, '已记录，请续报升井人数。'),
        call('government', '总值班室值班员（样例）', 165, '已报带班领导。'),
        receipt('superior', '省厅值班员（样例）', 134),
        receipt('government', '总值班室值班员（样例）', 131),
      ],
    ),
    one(
      'open-2',
      '610726',
      '11D01',
      '山体滑坡',
      '连续降雨后公路边坡滑移，交通中断，正在排查过往车辆。',
      75,
      [{ metric: 'deaths', value: 0, source: '县级值班室', state: 'unverified', minutesAgo: 60 }],
      [
        call('superior', '省厅值班员（样例）', 52, '请尽快核清有无车辆被埋。'),
        call('government', '总值班室值班员（样例）', 49, '已记录。'),
        call('weather', '气象值班员（样例）', 44, '未来 6 小时仍有小雨。'),
      ],
    ),
  ]
}
