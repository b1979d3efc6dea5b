// The sample reports: for each closed incident a 首报 and a 终报 that were signed, sent and signed for; one whole course 首报–续报–终报 with a figure corrected downward.
const province = '陕西省应急管理厅（样例）'
const signer = '样例甲（带班领导）'
const drafter = '样例值班员'

/** @param {any[]} incidents those of incidents.mjs */
export function reports(incidents) {
  return incidents.filter((one) => one.closedMinutesAgo !== null).flatMap((one) => (one.reports.length > 0 ? courseOf(one) : pairOf(one)))
}

/** @param {any} incident */
function pairOf(incident) {
  const [figure] = incident.figures
  const harmed =
    figure === undefined || figure.value === 0
      ? `无人员送医（据${figure?.source ?? incident.source}）。`
      : `送医${figure.value}人（据${figure.source}，已核实）。`
  const opening = `${incident.place}发生${incident.title}（据${incident.source}）。${incident.description}`
  return [
    report(incident, 'first', 1, incident.reportedMinutesAgo - 25, [opening, harmed, '事件等级：暂无法初判。', '后续情况续报。'], '首报'),
    report(
      incident,
      'final',
      2,
      incident.closedMinutesAgo + 20,
      [opening, harmed, '现场处置完毕，人员、装备已撤回（据现场指挥部）。', '本事件信息报告至此终结。'],
      '报告',
    ),
  ]
}

/** @param {any} incident */
function courseOf(incident) {
  return incident.reports.map((/** @type {any} */ one, /** @type {number} */ at) => {
    const kind = one.kind === '首报' ? 'first' : one.kind === '终报' ? 'final' : 'follow-up'
    const text = [
      `${incident.place}发生${incident.title}（据${incident.source}）。`,
      one.words,
      kind === 'final' ? '本事件信息报告至此终结。' : '后续情况续报。',
    ]
    return report(incident, kind, at + 1, incident.happenedMinutesAgo - one.afterMinutes, text, kind === 'first' ? '首报' : '报告')
  })
}

/** @param {any} incident @param {string} kind @param {number} order @param {number} minutesAgo @param {string[]} text @param {string} what */
function report(incident, kind, order, minutesAgo, text, what) {
  return {
    key: `${incident.key}/${order}`,
    incident: incident.key,
    kind,
    title: `关于${incident.title}的${what}`,
    unit: '渭南市应急管理局（样例）',
    to: province,
    text,
    minutesAgo,
    drafter,
    signer,
    way: order % 3 === 1 ? 'telephone' : 'in-person',
    sends: [{ to: province, channel: 'fax', signedBy: '省厅值班员（样例）', how: 'telephone', afterMinutes: 6 + (order % 4) }],
  }
}
