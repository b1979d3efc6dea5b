// Words of choosing a unit.
import type { FeatureMessages } from '../feature.ts'

const messages: FeatureMessages = {
  'zh-CN': { placeholder: '单位名称、拼音或首字母' },
  en: { placeholder: 'Name of a unit, pinyin or initials' },
}
export default messages
