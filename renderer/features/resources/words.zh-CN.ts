// Chinese words of resources and their import.
import type { MessageTree } from '../../app/feature.ts'

export const zh: MessageTree = {
  title: '资源', one: '资源', add: '登记资源', change: '更正', find: '名称、装备、拼音首字母…', sample: '样例', sampleNoCall: '样例号码，不可拨打', held: '已占用', expired: '已过期', area: '行政区划', unit: '权属单位', address: '地址',
  telephone: '联系电话', position: '位置', noPosition: '没有坐标', capacity: '人数/容量', equipment: '装备', source: '来源', byHand: '本机登记', expiresAt: '有效期至', unsaid: '未说明',
  count: '共 {count} 条', countMore: '超过 {count} 条', narrow: '太多，缩小范围后能看到其余的', incomplete: '还有数据正在导入：{done} / {total}', none: '没有符合的资源', noneText: '换个条件，或导入台账（XLSX、CSV、GeoJSON）。',
  kind: { name: '类别', team: '救援队伍', store: '物资储备库', equipment: '装备', shelter: '避难场所', hospital: '医疗机构', expert: '专家', 'fire-station': '消防救援站', 'protection-target': '防护目标' },
  readiness: { name: '准备状态', ready: '战备', available: '可用', maintenance: '检修', unavailable: '停用' },
  expiry: { name: '有效期', all: '不限有效期', expired: '已过期', 'within-30-days': '30 天内到期' },
  holding: { name: '占用', all: '不限占用', free: '空闲', held: '已占用' },
  compass: { n: '北', ne: '东北', e: '东', se: '东南', s: '南', sw: '西南', w: '西', nw: '西北' },
  form: { save: '保存', pick: '图上取点', badPosition: '读不懂这个坐标，例如 109.51, 34.51' },
  todo: {
    booked: '重复预占：{name} 同时被 {n} 起事件占用，请商定归谁，让出的一方撤销', refused: '预占被拒：{name}，{owner}{why}', unanswered: '预占未答复：{name}，等{owner}确认',
    negative: '库存为负：{item} {quantity}{measure}，请盘点',
  },
  confirmation: { confirmed: '已确认', provisional: '未确认', refused: '对方已拒绝' },
  stock: { title: '库存', none: '没有库存记录', item: '物资', balance: '结存', quantity: '数量', measure: '单位', reason: '事由', in: '入库', out: '出库', correction: '盘点', opening: '期初', record: '记账', negative: '结存为负', movements: '出入库 {count} 笔' },
  reservation: {
    title: '占用记录', none: '没有占用', reserve: '预占', reserved: '预占', used: '调用', returned: '归还', cancelled: '撤销', incident: '看事件', act: { use: '调用', giveBack: '归还', cancelReservation: '撤销' },
    host: '主机席', of: '{unit}《{title}》', waitsFor: '等{owner}答复', by: '{owner} {at}', refused: { held: '：已为{what}占用', unknown: '：台账里没有这一项' },
    refusedNext: '电话商定归谁：对方让出后这里自动改为已确认；不要了就撤销。', unansweredNext: '线路或对方不通时答复会晚到，请先电话问清。',
  },
  history: { title: '变更记录', none: '没有变更记录（成批导入的见来源与日期）', add: '登记', change: '更正', remove: '删除', moveStock: '出入库', import: '导入' },
  nearest: {
    title: '力量', estimate: '行车时间为估算：直线距离按区域类别折算，无路网', km: '{km} 公里', minutes: '估算 {low}–{high} 分钟', freeOnly: '只看空闲', none: '附近没有{kind}', order: '下达', ours: '本事件占用',
    noPlace: '事件还没有位置', noPlaceText: '先在态势里定位，就能按距离排出附近的力量。',
  },
  import: {
    title: '导入台账', begin: '导入台账', another: '换一个文件', back: '回到资源', backToBook: '回到通讯录', updateExisting: '与已有记录重复：按文件更新已有的', step: { file: '选文件', mapping: '对字段', report: '看质量报告' }, target: { name: '导入到', resources: '资源', stock: '库存', contacts: '通讯录', units: '单位（报送关系）' },
    source: '台账名称', sourceHint: '同名台账再次导入即为更新', sourceMissing: '给台账起个名字', drop: '把台账拖到这里，或点击选择', sending: '正在送入', last: '最近的导入',
    remembered: '按这份台账上次的对应关系读取', sheet: '工作表', encoding: '编码', headerRows: '表头到第几行', kindOfAll: '全部属于', area: '只收本辖区（区划代码）', areaHint: '不填不限', means: '“{header}”是', asAttribute: '（作为附加信息）',
    datum: { name: '坐标系', wgs84: 'WGS-84 / CGCS2000', gcj02: 'GCJ-02（高德、腾讯）', bd09: 'BD-09（百度）' },
    missing: '还没有对上：{fields}', check: '检查', read: '已读 {rows} 行', state: { checking: '正在检查', checked: '已检查', importing: '正在导入', done: '已导入', failed: '失败', cancelled: '已取消' },
    good: '{rows} 行可以导入', bad: '{rows} 行有问题，已留存', formulas: '{rows} 行含公式，取了保存的结果', missingFromSource: '原有 {rows} 行不在这份文件里，未删除', commit: '导入 {rows} 行', done: '{rows} 行已导入', download: '下载问题行（{format}）',
    accept: '知情放行：', recheck: '重新检查', problems: '问题', all: '全部 {rows}', row: '行', cells: '原文', before: '上一页', after: '下一页',
  },
  problem: {
    missing: '缺少', 'missing-position': '缺少坐标', 'bad-type': '格式不对', 'formula-empty': '公式没有结果', 'coordinate-unreadable': '坐标读不懂', 'coordinate-out-of-range': '坐标超出范围', 'coordinate-swapped': '经纬度疑似颠倒',
    'outside-area': '不在本辖区内', 'unknown-area': '行政区划不认识', 'unknown-kind': '类别不认识', duplicate: '与前面的行重复', 'duplicate-existing': '与已有记录重复', expired: '已过有效期', 'text-malformed': '含无效字符', 'too-long': '内容过长',
    'too-many-cells': '比表头多出内容', 'unknown-resource': '储备库不存在', 'unknown-unit': '单位不在报送关系里，或有同名', 'no-telephone': '没有电话号码', 'superior-loop': '上级绕回了自己', 'classified-marking': '含密级标志，不收',
  },
  column: {
    sourceKey: '编号', name: '名称', kind: '类别', subKind: '子类', area: '行政区划', address: '地址', lon: '经度', lat: '纬度', position: '坐标（经纬度在一格）', contact: '联系人', telephone: '联系电话', capacity: '人数/容量', equipment: '装备',
    readiness: '准备状态', unit: '权属单位', asOf: '更新日期', expiresAt: '有效期至', attributes: '附加信息', source: '来源', isSample: '样例', storeKey: '储备库编号', storeName: '储备库名称', item: '物资名称', measure: '计量单位', quantity: '数量',
    code: '编号', unitName: '单位', personName: '姓名', superior: '上级单位', superiorCode: '上级编号', covers: '管辖区划', dutyTelephone: '值班电话', unitCode: '单位编号', post: '岗位', duty: '值班电话', office: '办公电话', mobile: '手机', fax: '传真', satellite: '卫星电话', rank: '排序', note: '备注', verifiedAt: '核对日期', batch: '批次', resource: '资源', reason: '事由', words: '说明', incident: '事件', movedAt: '时间',
  },
}
