// A caller's courtesies, name and number do not go into a paper; what happened does, word for word.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asWritten } from './as-written.ts'

test.each([
  [
    '喂，是应急局吗？我是临渭区故市镇的，镇东头那个样例化肥厂，氨气漏出来了，有两个工人晕倒了，我姓赵，电话13800000000。',
    '镇东头那个样例化肥厂，氨气漏出来了，有两个工人晕倒了',
  ],
  ['119 指挥中心通报：秦东样例化工厂氯气泄漏，有刺鼻气味', '119 指挥中心通报：秦东样例化工厂氯气泄漏，有刺鼻气味'],
  ['喂样例路上翻车了', '样例路上翻车了'],
  ['喂，你好', ''],
  [' 喂喂电话13800000000', ''],
  ['哎呀着火了', '哎呀着火了'],
  ['1人死亡。联系电话：0913-0100001', '1人死亡。'],
])('%s', (said, written) => {
  expect(asWritten(said, true)).toBe(written)
})

test('without a place of the incident, where the caller is stays', () => {
  expect(asWritten('我是故市镇的，起火了', false)).toBe('我是故市镇的，起火了')
})

test('nothing is put in, and a second time nothing more goes (property)', () => {
  const piece = fc.constantFrom('喂', '，', '。', '我姓赵', '电话13800000000', '氨气泄漏', '2人送医', '是应急局吗？', '我是临渭区的', ' ')
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
      fc.boolean(),
      (said, knowsPlace) => {
        const written = asWritten(said, knowsPlace)
        for (const kept of ['氨气泄漏', '2人送医']) if (said.split(/[，。？]/u).includes(kept)) expect(written).toContain(kept)
        expect(asWritten(written, knowsPlace)).toBe(written)
      },
    ),
  )
})
