// Words of reports.
import type { FeatureMessages } from '../../app/feature.ts'
import { en } from './words.en.ts'
import { zhCN } from './words.zh-CN.ts'

const messages: FeatureMessages = { 'zh-CN': zhCN, en }
export default messages
