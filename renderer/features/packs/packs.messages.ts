// Words of the packs and of the band over sample data.
import type { FeatureMessages } from '../../app/feature.ts'

const messages: FeatureMessages = {
  'zh-CN': {
    title: '数据包',
    sample: '样例数据',
    sampleText: '当前含有“{name}”的样例：人名、单位、电话均为虚构，不能拨打、发送、发布或上报。',
    remove: '移除样例',
    removeTitle: '移除“{name}”的全部样例',
    removeText: '样例的事件、资源、预案、单位一次移除；区划、边界和您自己录入的内容保留。移除后不能恢复，需要时可重新装入数据包。',
    who: '由系统管理员移除',
    removed: '样例已移除。',
    loading: '正在装入“{name}”：{part}（{done} / {total}）',
  },
  en: {
    title: 'Packs',
    sample: 'Sample data',
    sampleText:
      'Contains the samples of “{name}”: persons, units and telephones are invented and cannot be dialled, messaged, published or reported.',
    remove: 'Remove samples',
    removeTitle: 'Remove all samples of “{name}”',
    removeText:
      'Sample incidents, resources, plans and units are removed in one act; areas, boundaries and what you entered yourself stay. This cannot be undone; the pack can be loaded again.',
    who: 'A system administrator removes it',
    removed: 'The samples are removed.',
    loading: 'Loading “{name}”: {part} ({done} of {total})',
  },
}
export default messages
