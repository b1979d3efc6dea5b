// Words of the wall.
import type { FeatureMessages } from '../../app/feature.ts'
import en from './words.en.ts'
import zh from './words.zh-CN.ts'

const messages: FeatureMessages = { 'zh-CN': zh, en }
export default messages
