// Words of the audit list.
import type { FeatureMessages } from '../../app/feature.ts'
import en from './audit.en.ts'
import zhCN from './audit.zh-CN.ts'

const messages: FeatureMessages = { 'zh-CN': zhCN, en }
export default messages
