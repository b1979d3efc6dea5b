import { expect, test } from 'vitest'
import { broadcastId, commands, inputCode, inputName, MdcReader, screenMute, wallLayout, writeFrame, writeReply } from './codec.ts'

const hex = (bytes: Buffer) =>
  bytes
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1 ')
const bytes = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

test.each([
  ['power on, id FF (worked checksum of the manuals)', writeFrame(commands.power, 0xff, [1]), 'AA 11 FF 01 01 12'],
  ['power on, id 0', writeFrame(commands.power, 0, [1]), 'AA 11 00 01 01 13'],
  ['power on', writeFrame(commands.power, 1, [1]), 'AA 11 01 01 01 14'],
  ['power off', writeFrame(commands.power, 1, [0]), 'AA 11 01 01 00 13'],
  ['power?', writeFrame(commands.power, 1), 'AA 11 01 00 12'],
  ['ACK power on', writeReply(1, { isAck: true, command: commands.power, data: [1] }), 'AA FF 01 03 41 11 01 56'],
  ['NAK, error 1', writeReply(1, { isAck: false, command: commands.power, data: [1] }), 'AA FF 01 03 4E 11 01 63'],
  ['broadcast power off', writeFrame(commands.power, broadcastId, [0]), 'AA 11 FE 01 00 10'],
  ['input HDMI1', writeFrame(commands.input, 1, [inputCode('hdmi1')]), 'AA 14 01 01 21 37'],
  ['input DisplayPort 1', writeFrame(commands.input, 1, [inputCode('25')]), 'AA 14 01 01 25 3B'],
  ['wall on', writeFrame(commands.wallOn, 1, [1]), 'AA 84 01 01 01 87'],
  ['wall off', writeFrame(commands.wallOn, 1, [0]), 'AA 84 01 01 00 86'],
  ['2 × 2, place 3', writeFrame(commands.wallLayout, 1, wallLayout({ columns: 2, rows: 2, position: 3 })), 'AA 89 01 02 22 03 B1'],
  ['3 × 4, place 12', writeFrame(commands.wallLayout, 1, wallLayout({ columns: 3, rows: 4, position: 12 })), 'AA 89 01 02 43 0C DB'],
  ['wall mode full', writeFrame(commands.wallMode, 1, [1]), 'AA 5C 01 01 01 5F'],
  ['brightness 80', writeFrame(commands.brightness, 1, [80]), 'AA 25 01 01 50 77'],
  ['panel off', writeFrame(commands.panelOff, 1, [1]), 'AA F9 01 01 01 FC'],
  ['screen mute on', writeFrame(commands.screen, 1, [screenMute, 1]), 'AA FE 01 02 51 01 53'],
  ['status?', writeFrame(commands.status, 1), 'AA 00 01 00 01'],
])('%s', (_, written, expected) => expect(hex(written)).toBe(expected))

test('replies in pieces, after stray bytes, after a wrong sum', () => {
  const reader = new MdcReader()
  const ack = bytes('AA FF 01 03 41 11 01 56')
  const nak = bytes('AA FF 01 03 4E 11 01 63')
  const wrong = bytes('AA FF 01 03 41 11 00 56')
  const all = Buffer.concat([bytes('00 AA 11 AA'), ack, wrong, bytes('FF AA FF 01'), nak])
  const replies = [...all].flatMap((byte) => reader.push(Buffer.from([byte])))
  expect(replies).toEqual([
    { id: 1, isAck: true, command: 0x11, data: Buffer.from([1]) },
    { id: 1, isAck: false, command: 0x11, data: Buffer.from([1]) },
  ])
  expect(new MdcReader().push(Buffer.concat([ack, nak]))).toHaveLength(2)
})

test('a set that wants TLS and a PIN is recognised, also when its banner comes in pieces', () => {
  expect(() => new MdcReader().push(Buffer.from('MDCSTART<<TLS>>'))).toThrow('pin-tls-required')
  const reader = new MdcReader()
  reader.push(Buffer.from('MDCST'))
  expect(() => reader.push(Buffer.from('ART<<TLS>>'))).toThrow('pin-tls-required')
})

test('layouts and inputs that are none', () => {
  for (const layout of [
    { columns: 16, rows: 1, position: 1 },
    { columns: 2, rows: 2, position: 5 },
    { columns: 15, rows: 15, position: 101 },
    { columns: 2, rows: 0, position: 1 },
  ])
    expect(() => wallLayout(layout)).toThrow('value-invalid')
  expect(wallLayout({ columns: 0, rows: 0, position: 0 })).toEqual([0, 0])
  expect(() => inputCode('HDMI1_PC')).toThrow('value-invalid')
  expect([inputName(0x21), inputName(0x22), inputName(0x7f)]).toEqual(['HDMI1', 'HDMI1', '7F'])
})
