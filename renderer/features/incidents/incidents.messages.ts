// Words of incidents; the two languages stand in files of their own.
import type { FeatureMessages } from '../../app/feature.ts'
import { enIncidents } from './words.en.ts'
import { zhIncidents } from './words.zh-CN.ts'

const messages: FeatureMessages = { 'zh-CN': zhIncidents, en: enIncidents }
export default messages
