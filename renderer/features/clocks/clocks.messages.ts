// Words of the clocks; the two languages stand in files of their own.
import type { FeatureMessages } from '../../app/feature.ts'
import { enClocks } from './words.en.ts'
import { zhClocks } from './words.zh-CN.ts'

const messages: FeatureMessages = { 'zh-CN': zhClocks, en: enClocks }
export default messages
