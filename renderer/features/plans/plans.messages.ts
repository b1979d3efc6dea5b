// Words of plans and responses.
import type { FeatureMessages } from '../../app/feature.ts'
import { planMessagesEn } from './messages.en.ts'
import { planMessagesZh } from './messages.zh-CN.ts'

const messages: FeatureMessages = { 'zh-CN': planMessagesZh, en: planMessagesEn }
export default messages
