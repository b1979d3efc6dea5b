// The small codecs: vectors, deviations, wrong values.
import { expect, test } from 'vitest'
import * as coex from '../novastar-coex/codec.ts'
import * as eventMaster from '../event-master/codec.ts'
import * as extron from '../extron-sis/codec.ts'
import * as isapi from '../hikvision-isapi/codec.ts'
import * as lg from '../lg/codec.ts'
import * as novastar from '../novastar-h/codec.ts'
import { magicPacket } from './wake.ts'

test('LG: power, reading, input; lower case and a CR after the x', () => {
  expect(
    [lg.writeCommand('ka', 1, 1), lg.writeCommand('ka', 1, 0), lg.writeCommand('ka', 1, 0xff), lg.writeCommand('xb', 1, lg.inputCode('HDMI1'))].map(
      String,
    ),
  ).toEqual(['ka 01 01\r', 'ka 01 00\r', 'ka 01 ff\r', 'xb 01 90\r'])
  const read = (text: string) => lg.lgReader().push(Buffer.from(text)).map(lg.readReply)
  expect(read('a 01 OK01x')).toEqual([{ letter: 'a', id: 1, isOk: true, data: 1 }])
  expect(read('\0a 01 ok01X\r\nb 0A NG90x')).toEqual([
    { letter: 'a', id: 1, isOk: true, data: 1 },
    { letter: 'b', id: 10, isOk: false, data: 0x90 },
  ])
  expect(read('hellox')).toEqual([null])
  expect([lg.inputWord(0x90), lg.inputWord(0xa0), lg.inputWord(0xc0)]).toEqual(['HDMI1', 'HDMI1', 'C0'])
  expect(() => lg.inputCode('ff')).toThrow('value-invalid')
})

test('Extron: recall, window input, last preset, replies and errors', () => {
  expect(extron.recallPreset(1, 5).toString()).toBe('1*1*5.')
  expect(extron.recallPreset(0, 5).toString()).toBe('1*0*5.')
  expect(extron.setInput({ canvas: 1, window: 2, input: 7 }).toString()).toBe('1*2*7!')
  expect(extron.askInput(1, 2).toString()).toBe('1*2!')
  expect(extron.askPreset(1)).toEqual(Buffer.from('\u001bL1*1PRST\r'))
  expect(extron.readLine('1Rpr01*005')).toEqual({ kind: 'preset', canvas: 1, preset: 5 })
  expect(extron.readLine('1Rpr0*005')).toEqual({ kind: 'preset', canvas: 0, preset: 5 })
  expect(extron.readLine('1rpr01*005')).toEqual({ kind: 'preset', canvas: 1, preset: 5 })
  expect(
    ['E01', 'E10', 'E13', 'E14', 'E22']
      .map((line) => extron.readLine(line))
      .map((line) => (line.kind === 'error' ? extron.errorOf(line.code).fault.code : '')),
  ).toEqual(['value-invalid', 'unsupported', 'value-invalid', 'unsupported', 'refused'])
  expect(() => extron.recallPreset(11, 1)).toThrow('value-invalid')
  expect(() => extron.recallPreset(1, 129)).toThrow('value-invalid')
  expect(() => extron.setInput({ canvas: 1, window: 1, input: NaN })).toThrow('value-invalid')
})

test('NovaStar H: preset 4 is 3 on the wire; black is 0; replies', () => {
  expect(String(novastar.writeAct({ kind: 'preset', preset: 4, screen: null }, 0).bytes)).toBe(
    '[{"cmd":"W0605","deviceId":0,"screenId":0,"presetId":3}]',
  )
  expect(String(novastar.writeAct({ kind: 'blank', isOn: true }, 0).bytes)).toBe('[{"cmd":"W0409","deviceId":0,"screenId":0,"type":0}]')
  expect(String(novastar.writeAct({ kind: 'freeze', isOn: true }, 1).bytes)).toBe('[{"cmd":"W040A","deviceId":0,"screenId":1,"enable":1}]')
  expect(String(novastar.writeAct({ kind: 'brightness', percent: 60 }, 0).bytes)).toBe('[{"cmd":"W0410","deviceId":0,"screenId":0,"brightness":60}]')
  expect(String(novastar.askScreen(0).bytes)).toBe('[{"cmd":"R0401","deviceId":0,"param0":0,"param1":0}]')
  const reply = novastar.readReply(Buffer.from('[{"cmd":"r0401","ack":"ok","brightness":60,"screenFrz":1,"blackout":0,"presetId":3}]\0'))
  expect([reply.command, reply.isOk, novastar.readScreen(reply.data)]).toEqual([
    'R0401',
    true,
    { brightness: 60, isFrozen: true, isBlack: true, preset: 4, name: null },
  ])
  for (const wrong of ['', '[]', '[{}]', '{', '7', 'null', '[{"cmd":5}]'])
    expect(() => novastar.readReply(Buffer.from(wrong)), wrong).toThrow('garbage')
})

test('COEX: bodies, the envelope, the lock', () => {
  expect(coex.writeAct({ kind: 'brightness', percent: 60 }, ['{a}'])).toEqual({
    path: '/api/v1/screen/brightness',
    body: '{"screenIdList":["{a}"],"brightness":0.6}',
  })
  expect(coex.writeAct({ kind: 'blank', isOn: true }, [])).toEqual({
    path: '/api/v1/screen/output/displaymode',
    body: '{"value":1,"screenIdList":[]}',
  })
  expect(coex.readEnvelope(200, '{"code":0,"message":"success","data":{"displayState":[{"displayMode":2}]}}')).toEqual({
    displayState: [{ displayMode: 2 }],
  })
  expect(() => coex.readEnvelope(200, '{"code":5,"message":"device locked"}')).toThrow('locked-elsewhere')
  expect(() => coex.readEnvelope(500, '{"code":1}')).toThrow('refused')
  expect(() => coex.readEnvelope(200, '<html>')).toThrow('garbage')
  expect(coex.readScreens([{ screenId: 'a', brightness: 0.5 }, null, { screenId: 7 }])).toEqual([{ id: 'a', brightness: 50 }])
})

test('Event Master and ISAPI', () => {
  expect(eventMaster.callOf({ kind: 'preset', preset: 1, screen: null })).toEqual({ method: 'activatePreset', params: { id: 0, type: 1 } })
  expect(eventMaster.readResult('{"jsonrpc":"2.0","result":{"success":0,"response":[]},"id":"3"}', 3)).toEqual([])
  expect(() => eventMaster.readResult('{"jsonrpc":"2.0","result":{"success":0},"id":"2"}', 3)).toThrow('garbage')
  expect(() => eventMaster.readResult('{"error":{"code":-32601},"id":"3"}', 3)).toThrow('refused')
  expect(isapi.readDeviceInfo('<DeviceInfo version="2.0"><deviceName>B20</deviceName><model>M</model></DeviceInfo>')).toEqual({
    name: 'B20',
    model: 'M',
    serial: null,
  })
  expect(() => isapi.readDeviceInfo('<html>')).toThrow('garbage')
})

test('the magic packet', () => {
  const packet = magicPacket('AA-bb:cc-dd-ee-ff')
  expect([packet.length, packet.subarray(0, 12).toString('hex'), packet.subarray(-6).toString('hex')]).toEqual([
    102,
    'ffffffffffffaabbccddeeff',
    'aabbccddeeff',
  ])
  expect(() => magicPacket('aa:bb')).toThrow('address-invalid')
})
