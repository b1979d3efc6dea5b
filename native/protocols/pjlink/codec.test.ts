import { expect, test } from 'vitest'
import { digest, faultWords, inputCode, lampHours, parameterOf, pjlinkReader, readLine, writeCommand } from './codec.ts'
import { readNotice } from './notices.ts'

const read = (text: string) => pjlinkReader().push(Buffer.from(text, 'utf8')).map(readLine)

test('the vector of the standard: digest of random and password, once before the first command', () => {
  const signature = digest('498e4a67', 'JBMIAProjectorLink')
  expect(signature).toBe('5d8409bc1c3fa39749434aa3a5c38682')
  expect(writeCommand({ class: 1, body: 'POWR', parameter: '?', digest: signature }).toString()).toBe(`${signature}%1POWR ?\r`)
  expect(writeCommand({ class: 1, body: 'POWR', parameter: '1' }).toString()).toBe('%1POWR 1\r')
})

test('the dialogue of the standard, and what real devices make of it', () => {
  expect(read('PJLINK 0\r')).toEqual([{ kind: 'greeting', random: null }])
  expect(read('PJLINK 1 498e4a67\r')).toEqual([{ kind: 'greeting', random: '498e4a67' }])
  expect(read('PJLINK ERRA\r')).toEqual([{ kind: 'wrong-password' }])
  const warming = { kind: 'answer', class: 1, body: 'POWR', parameter: '3' }
  for (const odd of ['%1POWR=3\r', '%1powr=3\r', '\0%1POWR=3\0\r', '%1POWR=3\r\n', '\n%1POWR=3\r', '%1POWR =3\r'])
    expect(read(odd), odd).toEqual([warming])
  expect(read('%1POWR=OK\r%1NAME=投影机一\r')).toMatchObject([{ parameter: 'OK' }, { parameter: '投影机一' }])
  // Without its CR: whole after a silence, but not half of it.
  const late = pjlinkReader()
  expect([late.push(Buffer.from('%1POWR=')), late.flush(), late.push(Buffer.from('3')), late.flush().map(readLine)]).toEqual([[], [], [], [warming]])
})

test('the four errors, inputs of both classes, faults, lamps', () => {
  const codes = ['ERR1', 'err2', 'ERR3', 'ERR4'].map((parameter) => {
    try {
      return parameterOf({ body: 'POWR', parameter })
    } catch (error) {
      return (error as { fault: { code: string } }).fault.code
    }
  })
  expect(codes).toEqual(['unsupported', 'refused', 'standby', 'device-failure'])
  expect([inputCode('31', 1), inputCode('digital1', 1), inputCode('6A', 2), inputCode('INTERNAL A', 2)]).toEqual(['31', '31', '6A', '6A'])
  for (const wrong of ['61', '3A', '30', '', '311', '%']) expect(() => inputCode(wrong, 1), wrong).toThrow('value-invalid')
  expect([faultWords('000000'), faultWords('012000'), faultWords('01200'), faultWords('abcdef')]).toEqual([
    '',
    'lamp warning, temperature error',
    null,
    null,
  ])
  expect(lampHours('1200 1 40 0')).toEqual([
    { hours: 1200, isLit: true },
    { hours: 40, isLit: false },
  ])
  expect(lampHours('1200')).toBeNull()
})

test('class 2 says unasked how it stands', () => {
  expect(readNotice(Buffer.from('%2POWR=1\r'))?.values).toEqual({ power: 'on' })
  expect(readNotice(Buffer.from('%2ERST=001000\r'))?.values).toEqual({ faults: 'temperature warning' })
  expect(readNotice(Buffer.from('%2INPT=31\r'))?.values).toEqual({ input: '31' })
  expect(readNotice(Buffer.from('%2LKUP=aa:bb:cc:dd:ee:ff\r'))?.values).toEqual({})
  for (const no of ['%1POWR=1\r', '%2NAME=x\r', '%2LKUP=aa\r', 'PJLINK 0\r', '']) expect(readNotice(Buffer.from(no)), no).toBeNull()
})
