// Shaanxi's real geography of risk, by area code: which kinds of teams and sites a county would keep. General knowledge, no real site named.

const northern = ['6106', '6108'] // 陕北: coal, oil and gas, chemicals
const southern = ['6107', '6109', '6110'] // 陕南: landslide, flash flood, autumn rain
const weihe = ['610115', '610117', '610326', '610304', '610481', '610402', '610404', '610502', '610503', '610522', '610523', '610582', '610423']
const qinling = ['610116', '610118', '610122', '610124', '610330', '610331', '610729', '610730', '610923', '611026', '611025', '610503', '610582']
const coal = ['610202', '610203', '610204', '610222', '610429', '610482', '610428', '610329', '610525', '610526', '610527', '610581', '610632']
const tailings = ['610522', '610581', '611021', '611023', '611025', '611026', '610727', '610330', '610981']
const hazchem = ['610581', '610503', '610502', '610526', '610481', '610404', '610204', '610302', '610304', '610115']

/** @param {string} code county-level area code @returns {string[]} the hazards that shape what it keeps */
export function risksOf(code) {
  const risks = ['综合']
  const city = code.slice(0, 4)
  if (northern.includes(city) || coal.includes(code)) risks.push('矿山')
  if (hazchem.includes(code) || city === '6108') risks.push('危化')
  if (weihe.includes(code) || city === '6109') risks.push('防汛')
  if (southern.includes(city)) risks.push('地质')
  if (qinling.includes(code) || ['610631', '610632', '610628'].includes(code)) risks.push('森林消防')
  if (tailings.includes(code)) risks.push('尾矿')
  return risks
}
