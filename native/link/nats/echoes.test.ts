// Which of what comes from the centre's stream is our own.
import { expect, test } from 'vitest'
import { Echoes } from './echoes.ts'

const bytes = (text: string) => Buffer.from(text)
const long = (text: string) => bytes(`${text}${'the same end of many a message'.repeat(3)}`)

test('a message that comes as it went is ours, before it is known to be stored and however often', () => {
  const echoes = new Echoes()
  echoes.sending(long('first'))
  expect(echoes.isOwn(new Uint8Array(long('first')))).toBe(true)
  expect(echoes.isOwn(long('first'))).toBe(true)
})

test('one that another has sent under our name, or that differs anywhere, is read', () => {
  const echoes = new Echoes()
  echoes.sending(long('first'))
  expect(echoes.isOwn(long('First'))).toBe(false)
  expect(echoes.isOwn(bytes('never sent'))).toBe(false)
  expect(echoes.isOwn(bytes(''))).toBe(false)
})

test('what was sent long ago is forgotten', () => {
  const echoes = new Echoes()
  echoes.sending(bytes('old'))
  for (let index = 0; index < 256; index += 1) echoes.sending(bytes(`new ${index}`))
  expect(echoes.isOwn(bytes('old'))).toBe(false)
  expect(echoes.isOwn(bytes('new 0'))).toBe(true)
})
