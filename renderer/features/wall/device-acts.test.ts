// Acts as they are chosen, and what devices say in words: whatever a choice makes is that choice again; no word of a driver comes out raw.
import { expect, test } from 'vitest'
import { DisplayAct, type DisplayFactName } from '../../../native/contract/index.ts'
import { actChoices, actOf, choiceOf, choicesFor, commandOf, factValueWords, faultsWords, isFilled } from './device-acts.ts'
import zh from './words.zh-CN.ts'

/** As the page finds its words; a missing one shows its key. */
function t(key: string, values: Record<string, unknown> = {}): string {
  const found = key
    .split('.')
    .slice(1)
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], zh)
  return typeof found === 'string' ? found.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])) : key
}

test('every choice makes an act that the station takes, is that choice again, and has a word', () => {
  const commands = [{ name: 'recall', label: '', values: ['preset'] }]
  for (const choice of actChoices) {
    const act = actOf(choice, commands)
    expect([choiceOf(act), DisplayAct.safeParse(act).success, t(`wall.act.${choice}`) !== `wall.act.${choice}`]).toEqual([choice, true, true])
  }
  expect(choicesFor(['power', 'tiling'])).toEqual(['on', 'off', 'tiling', 'untiling'])
  expect(choicesFor([])).toEqual([])
})

test('a command is done once each of its placeholders is filled', () => {
  const act = commandOf({ name: 'route', label: '', values: ['from', 'to'] })
  expect(isFilled(act)).toBe(false)
  expect(isFilled({ ...act, values: { from: '1', to: ' ' } })).toBe(false)
  expect(isFilled({ ...act, values: { from: '1', to: '2' } })).toBe(true)
  expect(isFilled(actOf('command'))).toBe(false)
  expect(isFilled(actOf('preset'))).toBe(true)
})

test('facts in Chinese: no English of the drivers, the device’s own words stay', () => {
  const words = (name: DisplayFactName, value: string | number | boolean) => factValueWords({ name, value }, t)
  expect([words('power', 'warming'), words('power', 'off'), words('blank', true), words('brightness', 80), words('brightness', 'mixed')]).toEqual([
    '正在预热',
    '关（待机）',
    '是',
    '80%',
    '各屏不一致',
  ])
  expect([words('faults', ''), words('faults', 'lamp warning, temperature error')]).toEqual(['无故障', '灯泡告警、温度故障'])
  expect([words('tiling', 'off'), words('tiling', '2x3 #4'), words('hours', 1200)]).toEqual(['未拼接', '2×3 第 4 块', '1200 小时'])
  expect([words('input', 'HDMI1'), words('model', 'PX-1')]).toEqual(['HDMI1', 'PX-1'])
  expect(faultsWords('AA 55 EE', t)).toBe('AA 55 EE')
})
