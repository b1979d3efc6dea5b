// Kinds of resources in the wall's words; boards are Chinese, as the papers of the centre are.
export const kindWords: Readonly<Record<string, string>> = {
  team: '救援队伍',
  store: '物资库',
  equipment: '装备',
  shelter: '避难场所',
  hospital: '医院',
  expert: '专家',
  'fire-station': '消防站',
  'protection-target': '防护目标',
}
