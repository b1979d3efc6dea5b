import { describe, expect, it } from 'vitest'
import { afterWordsIn, deadlineIn, isPhone, lastUnit, leadingUnit, phonesIn, plainPhone } from './phrases.ts'
import { gradesIn, tierMentions, tiersIn } from './tiers.ts'

describe('响应级别', () => {
  it('is read in every writing', () => {
    for (const text of [
      'Ⅱ级响应',
      'II级响应',
      'ＩＩ级响应',
      '二级响应',
      '二级应急响应',
      '2级响应',
      'Ⅱ级（重大）响应',
      '启动二级',
      '响应级别为Ⅱ级',
      'Ⅱ级地震应急响应',
    ])
      expect(tiersIn(text), text).toEqual(['tier-2'])
    expect(tiersIn('Ⅲ、Ⅳ级响应')).toEqual(['tier-3', 'tier-4'])
    expect(tiersIn('三级和四级应急响应')).toEqual(['tier-3', 'tier-4'])
    expect(tiersIn('Ⅳ级', true)).toEqual(['tier-4'])
    expect(tierMentions('三级以上响应', false)).toEqual([{ tiers: ['tier-3'], isRange: true }])
  })

  it('is never a warning, an event grade or any other 级', () => {
    for (const text of [
      '一级预警',
      'Ⅰ级（红色）预警',
      '上一级应急响应机构',
      '二级医院',
      '特别重大（Ⅰ级）事故',
      '7.0级地震',
      '县级人民政府响应',
      '每一级响应人员',
    ])
      expect(tiersIn(text), text).toEqual([])
  })

  it('grades: 重大 is not in 特别重大, 一般 only of an event', () => {
    expect(gradesIn('发生特别重大事故')).toEqual(['particularly-major'])
    expect(gradesIn('发生重大事故或者较大事故')).toEqual(['major', 'larger'])
    expect(gradesIn('一般森林火灾')).toEqual(['general'])
    expect(gradesIn('一般情况下，重大危险源单位')).toEqual([])
  })
})

describe('sentences', () => {
  it('knows whose duty it is', () => {
    const unit = (text: string) => leadingUnit(text)?.unit ?? null
    expect(unit('市应急管理局立即派出工作组')).toBe('市应急管理局')
    expect(unit('市应急指挥部办公室负责通知')).toBe('市应急指挥部办公室')
    expect(unit('由市公安局划定警戒区')).toBe('市公安局')
    expect(unit('事发地县（市、区）人民政府：90分钟内转移')).toBe('事发地县（市、区）人民政府')
    expect(unit('市公安局、市交通运输局封闭道路')).toBe('市公安局、市交通运输局')
    expect(unit('市卫生健康委员会在2小时内派出医疗队')).toBe('市卫生健康委员会')
    for (const none of ['组织专家组研判', '立即通知有关部门', '根据指挥部决定', '必要时调集部队']) expect(unit(none), none).toBeNull()
    expect(lastUnit('由市气象局、市水利局联合发布，请与市应急管理局值班室')).toBe('市应急管理局值班室')
  })

  it('reads deadlines, and marks what gives none', () => {
    expect(deadlineIn('30分钟内到场')).toEqual({ minutes: 30, words: '30分钟内', unsure: [] })
    expect(deadlineIn('３０分钟之内').minutes).toBe(30)
    expect(deadlineIn('半小时内').minutes).toBe(30)
    expect(deadlineIn('一个半小时内').minutes).toBe(90)
    expect(deadlineIn('两小时内').minutes).toBe(120)
    expect(deadlineIn('3天以内').minutes).toBe(4320)
    expect(deadlineIn('T+45min').minutes).toBe(45)
    expect(deadlineIn('接到报告后15分钟内').unsure).toEqual(['deadline-base'])
    expect(deadlineIn('立即赶赴')).toEqual({ minutes: null, words: '立即', unsure: ['deadline-vague'] })
    expect(deadlineIn('每2小时报告一次')).toEqual({ minutes: null, words: '每2小时', unsure: ['deadline-repeat'] })
    expect(deadlineIn('做好准备')).toEqual({ minutes: null, words: null, unsure: [] })
  })

  it('reads what comes first', () => {
    expect(afterWordsIn('在侦检完成后，划定警戒区')).toBe('侦检完成后')
    expect(afterWordsIn('市公安局待警戒区划定后，实施管制')).toBe('警戒区划定后')
    for (const none of ['响应启动后，派出工作组', '接报后15分钟内', '接到命令后，出动', '地震发生后，开展搜救', '做好善后工作'])
      expect(afterWordsIn(none), none).toBeNull()
  })

  it('reads telephones', () => {
    expect(phonesIn('值班电话：０９１３－０１００００１，传真0913—0100049').map(({ number }) => number)).toEqual(['0913-0100001', '0913-0100049'])
    expect(
      phonesIn('疏散5000人，库存2026000吨，编号20260101')
        .map(({ number }) => number)
        .filter((number) => number.length > 8),
    ).toEqual([])
    expect(plainPhone('（0913）0100001')).toBe('09130100001')
    expect(['0913-0100001', '13800000000', '119', '12345', '0913-0100001转801', '400-000-0000'].every(isPhone)).toBe(true)
    expect(['0913-01', '待核实', '138000', ''].some(isPhone)).toBe(false)
  })
})
