// Words of areas and the import of outlines.
import type { FeatureMessages } from '../../app/feature.ts'

const messages: FeatureMessages = {
  'zh-CN': {
    title: '区划边界', heading: '导入区划边界', drop: '把边界文件（GeoJSON）拖到这里', why: '代码和名称会变更：认不准的由您逐行确认，没确认的不导入。', source: '来源', sourceHint: '例如：××市自然资源局 2024', review: '审图号', reviewHint: '没有就不填，图上标“示意”', sending: '正在读取',
    row: '行', code: '代码', name: '名称', state: { name: '情况', ok: '一致', 'name-differs': '代码对、名称不同', outdated: '旧代码或旧名', unknown: '不认识', 'no-code': '没有代码', 'bad-geometry': '图形读不了' },
    reason: { 'former-code': '旧代码', 'former-name': '旧名称', 'same-name': '同名', 'centre-inside': '中心点在内' }, proposed: '归入', leaveOut: '（不导入）', confirm: '确认导入 {count} 条', done: '已导入 {imported} 条，{leftOut} 条没有导入', find: '查找行政区', all: '确认全部“一致”的', chosen: '已确认 {count} / {total}',
  },
  en: {
    title: 'Boundaries', heading: 'Import boundaries', drop: 'Drop the boundary file (GeoJSON) here', why: 'Codes and names change: what is not certain you confirm row by row; what is not confirmed stays out.', source: 'Source', sourceHint: 'e.g. City survey office 2024', review: 'Map review number', reviewHint: 'leave empty if none; the map then says “sketch”', sending: 'Reading',
    row: 'Row', code: 'Code', name: 'Name', state: { name: 'State', ok: 'matches', 'name-differs': 'code known, name differs', outdated: 'former code or name', unknown: 'unknown', 'no-code': 'no code', 'bad-geometry': 'shape unreadable' },
    reason: { 'former-code': 'former code', 'former-name': 'former name', 'same-name': 'same name', 'centre-inside': 'centre inside' }, proposed: 'Belongs to', leaveOut: '(leave out)', confirm: 'Import {count} confirmed', done: '{imported} imported, {leftOut} left out', find: 'Find an area', all: 'Confirm all that match', chosen: '{count} of {total} confirmed',
  },
}
export default messages
