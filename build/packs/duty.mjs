// The sample watch: two months of roster across a holiday, a week of 值班日志, open 批示 and matters to hand over. Invented; times relative to the first run.
import { between, pick, seeded } from './random.mjs'

const leaders = ['样例甲', '样例乙', '样例丙', '样例丁']
const officers = ['样例戊', '样例己', '样例庚', '样例辛', '样例壬', '样例癸']

/** With a number that nobody has. @param {string | undefined} name */
function withTelephone(name) {
  const at = [...leaders, ...officers].indexOf(name ?? '')
  return at === -1 ? '' : `${name}（0913-01001${String(at + 1).padStart(2, '0')}）`
}

export const rosterHeader = ['日期', '班次', '带班领导', '值班长', '值班员', '备注']

/** Twenty days back, forty ahead; one holiday of three days, one 调班, and one gap for the warning to find. */
export function roster() {
  return Array.from({ length: 60 }, (_, index) => {
    const day = index - 20
    const isHoliday = day >= 12 && day <= 14
    const isGap = day === 6
    const note = isHoliday ? '节假日' : day === 3 ? '调班：样例乙代样例甲' : ''
    const date = `{{date${day < 0 ? day : `+${day}`}}}`
    const people = [leaders[index % 4], officers[index % 3], isGap ? undefined : officers[3 + (index % 3)]]
    return [date, '全天', ...people.map(withTelephone), note]
  })
}

export const holidaysHeader = ['日期', '类型', '名称']

/** The holiday the roster crosses, and the day worked for it. */
export function holidays() {
  return [['{{date+9}}', '调休上班', '样例节'], ...[12, 13, 14].map((day) => [`{{date+${day}}}`, '放假', '样例节'])]
}

export const logHeader = ['时间', '来电/去电', '对方', '事项', '处理结果', '记录人', '要情']
/** What the daily digest tells of. */
const notable = ['通报一起民房起火，已扑灭，无人员伤亡', '报告道路结冰，交警已管制']

const calls = [
  ['来电', '华州区值班室（样例）', '例行报告：当日无突发事件', '已记录'],
  ['来电', '群众', '咨询今冬取暖安全常识', '已答复'],
  ['去电', '临渭区值班室（样例）', '抽查在岗情况', '在岗，电话畅通'],
  ['来电', '气象台值班室（样例）', '未来 24 小时有大风降温', '已转告各县（市、区）'],
  ['来电', '消防救援支队指挥中心（样例）', '通报一起民房起火，已扑灭，无人员伤亡', '已记录，请县局核实'],
  ['来电', '韩城市值班室（样例）', '报告道路结冰，交警已管制', '已报带班领导'],
  ['去电', '带班领导（样例）', '报告当日值班情况', '已阅知'],
  ['来电', '企业值班室（样例）', '测试报警误触发', '已核实为误报'],
  ['来电', '潼关县值班室（样例）', '尾矿库例行巡查结果正常', '已记录'],
]

/** Eight or nine lines a day for a week, newest last. */
export function log() {
  const next = seeded(20260904)
  return Array.from({ length: 7 }, (_, index) => 7 - index).flatMap((daysAgo) =>
    Array.from({ length: between(next, 8, 9) }, (_, line) => {
      const minutesAgo = daysAgo * 1440 - line * 160 - between(next, 0, 90)
      const call = pick(next, calls)
      return [`{{minutes-${minutesAgo}}}`, ...call, pick(next, officers), notable.includes(call[2] ?? '') ? '是' : '']
    }),
  )
}

/** Open leaders' instructions (批示) and matters that the next shift must take over. */
export function openMatters() {
  return {
    instructions: [
      {
        key: 'instruction-1',
        from: '样例甲（带班领导）',
        words: '请举一反三，开展冬季涉氨企业排查，周五前报结果。',
        minutesAgo: 2900,
        owner: '危化监管科（样例）',
        dueInMinutes: 2800,
        state: 'open',
      },
      {
        key: 'instruction-2',
        from: '样例乙（带班领导）',
        words: '核清滑坡影响户数，落实过渡安置。',
        minutesAgo: 1500,
        owner: '救灾科（样例）',
        dueInMinutes: 400,
        state: 'open',
      },
      {
        key: 'instruction-3',
        from: '样例丙（带班领导）',
        words: '值班电话必须 3 声内接听，抽查情况通报。',
        minutesAgo: 9000,
        owner: '值班室（样例）',
        dueInMinutes: -300,
        state: 'open',
      },
    ],
    handover: [
      { key: 'handover-1', words: '华州区液氨泄漏终报回执尚缺一份（纸质），明早催收。', minutesAgo: 700 },
      { key: 'handover-2', words: '合阳县值班电话夜间两次占线，待核。', minutesAgo: 620 },
      { key: 'handover-3', words: '大风降温提示已发，等 12 个县（市、区）反馈，已收 9 个。', minutesAgo: 480 },
    ],
  }
}
