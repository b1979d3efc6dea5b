// Words of dialling and of what came of it.
import type { FeatureMessages } from '../feature.ts'

const messages: FeatureMessages = {
  'zh-CN': {
    call: '拨打 {party} {number}',
    sample: '{party} {number} 是样例号码，不可拨打；可为训练记一个结果',
    train: '样例：记结果',
    title: '拨打 {party}',
    sampleNote: '样例号码，不可拨打。训练时照常记结果，记录标为样例。',
    program: '本机有电话软件，点号码即拨',
    purpose: { report: '电话报告', urge: '催收', order: '叫应', other: '通话' },
    outcome: { name: '结果', answered: '接通', 'no-answer': '未接', busy: '占线', relayed: '转告' },
    who: '谁接的',
    whoHint: '岗位或姓名',
    words: '说了什么',
    record: '记下',
    later: '稍后记',
    drop: '没有拨',
    pending: '{n} 通电话待记结果',
    pendingShort: '通话待记 {n}',
  },
  en: {
    call: 'Dial {party} {number}',
    sample: '{party} {number} is a sample and cannot be dialled; an outcome may be typed for training',
    train: 'Sample: outcome',
    title: 'Dialling {party}',
    sampleNote: 'A sample number, not to be dialled. For training type the outcome; the record is marked as a sample.',
    program: 'This machine has a telephone program: dial at a click',
    purpose: { report: 'Report by telephone', urge: 'Reminder', order: 'Call-out', other: 'Call' },
    outcome: { name: 'Outcome', answered: 'Answered', 'no-answer': 'No answer', busy: 'Busy', relayed: 'Passed on' },
    who: 'Who took it',
    whoHint: 'post or name',
    words: 'What was said',
    record: 'Record',
    later: 'Later',
    drop: 'Not dialled',
    pending: '{n} calls without an outcome',
    pendingShort: '{n} calls untold',
  },
}
export default messages
