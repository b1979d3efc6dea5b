// Words of the watch; the two languages stand in files of their own.
import type { FeatureMessages } from '../../app/feature.ts'
import { enDuty } from './words.en.ts'
import { zhDuty } from './words.zh-CN.ts'

const messages: FeatureMessages = { 'zh-CN': zhDuty, en: enDuty }
export default messages
