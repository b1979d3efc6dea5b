// Chinese words of incidents.
import type { MessageTree } from '../../app/feature.ts'

export const zhIncidents: MessageTree = {
  title: '事件',
  closed: '已办结',
  close: '办结',
  reopen: '重新处理',
  sample: '样例',
  program: '程序',
  rewound: '{at} 时的情形',
  notKnownThen: '那时本台还不知道这起事件。',
  list: { find: '找标题、地点、经过', openness: '范围', open: '在办', closed: '已办结', all: '全部', count: '{count} 起', none: '没有符合条件的事件', noneText: '按 F2 接报，或换一个筛选条件。' },
  draft: { resume: '继续填：{title}', untitled: '未写标题的接报' },
  intake: {
    begin: '接报', title: '接报', submit: '接报入库', discard: '放弃草稿', kept: '草稿已存 {at}', notKept: '停顿即存草稿', words: '原话', wordsPlaceholder: '照来电说的写，先记后问', reporter: '报告人', phone: '来电号码',
    unit: '报告单位', place: '地点', type: '事件类型', eventTitle: '标题', figures: '人数与损失（没说的不填）', circumstances: '情形', channel: '来报方式',
  },
  place: { placeholder: '地名、坐标、区划代码', pick: '在地图上点选地点', map: '地图', centre: '（区域中心，非准确位置）', coordinates: '改坐标，如 109.51,34.51' },
  type: {
    placeholder: '词、代码、拼音首字母', open: '不在代码表中：等级将无法初判', none: '未分类', table: '事件类型', find: '找代码或名称', inForce: '在用：{system}', add: '增加一行', code: '代码', name: '名称', parent: '上级代码', path: '所属',
    hazard: '初判规则', active: '在用', yes: '在用', no: '停用', system: '新表的名称', load: '装入代码表（CSV：代码,名称,上级,灾种）', back: '改回随附的表',
    note: '随附的是 2009 年国家应急平台体系的分类，供起步使用；GB/T 35561 的代码表由本单位装入。',
  },
  hazard: { none: '没有规则（无法初判）', 'work-safety': '生产安全事故', 'forest-fire': '森林火灾', earthquake: '地震' },
  time: { occurred: '事发时间', received: '接报时间' },
  field: { title: '标题', description: '经过', typeCode: '类型', place: '地点', position: '坐标', area: '区划', occurred: '事发', received: '接报', firstPhoned: '首次电话', written: '书面报送', circumstances: '情形' },
  channel: { telephone: '电话', form: '表单', pasted: '粘贴', radio: '电台', fax: '传真', 'in-person': '当面', other: '其他' },
  circumstance: {
    'severe-pollution': '严重污染环境', 'important-site': '重要场所', 'sensitive-area': '敏感地区', 'sensitive-time': '敏感时间', 'sensitive-people': '敏感人群', 'public-attention': '社会关注',
    'dense-population': '人口密集地区', 'fairly-dense-population': '人口较密集地区',
  },
  metric: {
    deaths: '死亡', missing: '失踪', outOfContact: '失联', trapped: '被困', seriousInjuries: '重伤', acutePoisoning: '急性中毒', minorInjuries: '轻伤', hospitalised: '送医', evacuated: '疏散', atRisk: '涉险',
    directLossYuan: '损失(万元)', directLossGdpPercent: '损失占比(%)', burnedForestHa: '受害林(公顷)', magnitude: '震级',
  },
  unit: { people: '{value} 人', wan: '{value} 万元', yi: '{value} 亿元', burnedForestHa: '{value} 公顷', magnitude: '{value} 级', directLossGdpPercent: '{value}%' },
  fault: { title: '写上标题，或地点与类型', received: '写上接报时间', figures: '人数写整数，其余写数字，并写据谁', source: '写上这些数字据谁', words: '写上来电说了什么', coordinates: '写成坐标，如 109.51,34.51' },
  figure: {
    by: '据{source}', differs: '{values}（说法不一）', choose: '说法不一，请选定', add: '补一个数', none: '还没有人报数。', state: '核实情况', metric: '口径', value: '数值', source: '据谁', sourcePlaceholder: '不填即为报告人', put: '记下', take: '选定',
    chosen: '已选定',
  },
  statement: { unverified: '待核', verified: '已核实', disputed: '有出入' },
  information: { name: '信息状态', received: '接报', checking: '核实中', verified: '已核实', false: '误报', transferred: '转办', merged: '并案' },
  reporting: { name: '报送', none: '未拟稿', drafted: '拟稿', exported: '已导出' },
  ask: { false: '定为误报', transferred: '转办给谁', close: '办结这起事件', reopen: '重新处理这起事件' },
  askWord: { false: '定为误报', transferred: '转办', close: '办结', reopen: '重新处理' },
  grade: {
    proposed: '初判', graded: '', 'no-type': '未分类，没有可用的规则', 'no-table': '这一类没有分级规则，由本单位预案确定', 'no-figures': '规则所需的数字还没有人报', 'below-table': '已报的数字不构成等级',
    differing: '{metrics} 说法不一，按最高的数初判', missing: '未报：{metrics}', confirm: '确认等级', change: '更改等级', confirmedBy: '{name} 确认为{grade}', withdraw: '撤销确认', basis: '依据', who: '确认人',
  },
  mustReport: { title: '仍须上报' },
  section: { facts: '基本情况', figures: '人数与损失', reports: '来报', files: '附件' },
  report: { first: '首报', 'follow-up': '续报' },
  followUp: { begin: '续报', send: '记下续报' },
  file: { add: '添附件（拖入或按回车）', remove: '移除' },
  edit: {
    word: '改', open: '改{field}', save: '保存', conflict: '{by} 在 {at} 已把这一栏改成别的内容。您写的还在，没有覆盖任何一方。', theirs: '对方写的', mine: '您写的', keepTheirs: '用对方的', writeMine: '用我写的（对方的留在时间线里）',
  },
  duplicate: {
    title: '是不是同一起', none: '没有相像的事件', noneText: '边填边比对最近一天的事件：地点、时间、类型、用词。', score: '相像 {percent}%', followUp: '是同一起：记作续报', look: '看这起事件', metres: '相距 {metres} 米', kilometres: '相距 {km} 千米', place: '同在 {area}',
    time: '相隔 {minutes} 分钟', type: '类型相同或相近（{code}）', words: '都提到：{words}',
  },
  merge: {
    likely: '像是同一起：{title}（{percent}%）', take: '并入本案', begin: '并案……', which: '并入哪一起', words: '为什么是同一起', into: '已并入另一起：', merged: '并入的来报：', undo: '撤销并案',
  },
  tab: { overview: '态势', bulletin: '报告', next: '下一个页签', previous: '上一个页签' },
  bulletin: {
    title: '值班快报', notice: '非涉密系统，严禁处理、存储、传输国家秘密', compose: '拟值班快报', drafted: '拟稿', exported: '已导出', print: '打印', resume: '接着改', keep: '存稿', export: '导出 DOCX', paragraphs: '一行一段',
    unsigned: '期号、签发人留空，文头标“拟稿”。',
    field: { 标题: '标题', 主送: '主送', 抄送: '抄送', 报送单位: '报送单位', 紧急程度: '紧急程度', 联系人: '联系人', 联系电话: '联系电话', 正文: '正文' },
  },
  template: {
    inUse: '模板：{name}', shipped: '随附模板', change: '更换模板', drop: '换成本单位的模板（DOCX）', back: '改回随附模板', problem: '本单位的模板（{name}）读不了，现用随附模板。', unused: '这个模板没有用到：{fields}', unknown: '不认识的栏目：{fields}',
    missing: '缺少必有的栏目：{fields}',
  },
  todo: { check: '核实：{title}', grade: '确认等级（初判{grade}）：{title}', draft: '有一份接报没有填完' },
  act: {
    incidents_report: '接报', incidents_followUp: '续报', incidents_stateFigure: '报数', incidents_verifyFigure: '核实数字', incidents_chooseFigure: '选定数字', incidents_attach: '附件', incidents_edit: '更改', incidents_state: '信息状态',
    incidents_confirmGrade: '确认等级', incidents_close: '办结', incidents_reopen: '重新处理', incidents_merge: '并案', incidents_draftBulletin: '快报拟稿', incidents_exportBulletin: '导出快报', incidents_sample: '样例',
    tasks_issued: '下达', tasks_signed: '签收', tasks_departed: '出动', tasks_arrived: '到场', tasks_working: '处置', tasks_done: '完成', tasks_returned: '归队', tasks_refused: '拒绝', tasks_reassigned: '改派', tasks_withdrawn: '撤回',
    responses_propose: '建议启动', responses_approve: '批准启动', responses_change: '级别调整', responses_end: '响应终止', responses_checklist: '任务清单', responses_refuse: '不批准', responses_done: '清单完成', responses_skip: '清单跳过', responses_reopen: '清单重开', responses_add: '清单增加',
    resources_reserve: '预占', resources_use: '调用', resources_giveBack: '归还', resources_cancelReservation: '取消预占', resources_moveStock: '物资出入库', conflicts_decide: '裁定冲突',
  },
}
