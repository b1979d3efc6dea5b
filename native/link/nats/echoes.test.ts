import { expect, test } from 'vitest'
import { Echoes } from './echoes.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('only what was sent, at its place and byte for byte, is ours', () => {
  const echoes = new Echoes()
  echoes.sent(7, bytes('our seal'))
  expect(echoes.isOwn(6, bytes('our seal'))).toBe(false)
  expect(echoes.isOwn(7, bytes('our seal'))).toBe(true)
  expect(echoes.isOwn(7, bytes('our seal'))).toBe(false)
})

test('a clone of us at the place of ours, in a stream made anew, is read', () => {
  const echoes = new Echoes()
  echoes.sent(1, bytes('our seal'))
  expect(echoes.isOwn(1, bytes('a clone!'))).toBe(false)
})

test('the oldest are forgotten', () => {
  const echoes = new Echoes()
  for (let seq = 1; seq <= 1_000; seq += 1) echoes.sent(seq, bytes(`message ${seq}`))
  expect(echoes.isOwn(1, bytes('message 1'))).toBe(false)
  expect(echoes.isOwn(1_000, bytes('message 1000'))).toBe(true)
})
