// The template file: what it says, the bytes it makes, what it awaits; and what is refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DisplayError, type JsonValue, WanglouError } from '../../contract/index.ts'
import { Device } from '../display/device.ts'
import { openDatagramFake, openHttpFake, wellBehaved } from '../display/fake.ts'
import { openTemplate } from './connection.ts'
import { openFakeTemplate, sourceOfFake, templateOfFake } from './fake.ts'
import { dryRun, hexOf, renderSend } from './render.ts'
import { matchReply } from './reply.ts'
import { commandOf, readTemplate } from './template.ts'
import { readYaml } from './yaml.ts'

const seed = Date.now() % 2_147_483_647
console.log(`command template: fast-check seed ${seed}`)
const timing = { timeoutMs: 5_000, quietMs: 30 }
const open = { timing, username: null, password: null, unit: null }

test('YAML: maps, lists, quotes, comments, numbers, one-line forms', () => {
  expect(
    readYaml(`---
# a comment
name: 淳中 "B20" # not part of it
plain: a:b#c
empty:
hex: 0x21
text: "a\\x0d\\r\\u00b7\\""
single: 'it''s'
list:
- 1
- two: 2
  three: [a, "b, c", { d: null }]
-   - deep
nested:
    flags: { on: true, off: FALSE }
    minus: -1.5
    "quoted key": ~
`),
  ).toEqual({
    name: '淳中 "B20"',
    plain: 'a:b#c',
    empty: null,
    hex: 0x21,
    text: 'a\r\r·"',
    single: "it's",
    list: [1, { two: 2, three: ['a', 'b, c', { d: null }] }, ['deep']],
    nested: { flags: { on: true, off: false }, minus: -1.5, 'quoted key': null },
  })
})

test.each([
  '',
  '# only words',
  'a: 1\na: 2',
  'a: &x 1',
  'a: *x',
  'a: !!js/function x',
  'a: "open',
  '\ta: 1',
  'a: [1',
  'a: {b: 1',
  'a: 1\n  b: 2',
  'a: "\\q"',
  'a: 1\n---\nb: 2',
  'x'.repeat(3) + ': ' + '['.repeat(40),
])('YAML that is none of ours: %j', (source) => expect(() => readYaml(source)).toThrow(WanglouError))

test('JSON is YAML: whatever is written is read again', () => {
  const leaf = fc.oneof(fc.string({ maxLength: 12 }), fc.integer({ min: -1e9, max: 1e9 }), fc.boolean(), fc.constant(null))
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.string({ maxLength: 6 }).filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4 },
      ),
    ),
  }))
  fc.assert(
    fc.property(value, (written) => {
      // JSON escapes slashes and control characters as YAML does.
      expect(readYaml(`a: ${JSON.stringify(written)}`)).toEqual({ a: written })
    }),
    { seed, numRuns: 200 },
  )
})

test('bytes: placeholders, sums, bounds', () => {
  const bytes = (send: string, values: Record<string, string | number>, encoding: 'hex' | 'ascii' = 'hex') =>
    hexOf(renderSend({ ...templateOfFake, encoding, end: '\r' }, { send, values: {}, method: 'GET' }, values).bytes)
  expect(bytes('AA 11 {id:u8} 01 01 {sum8@1}', { id: 1 })).toBe('AA 11 01 01 01 14')
  expect(bytes('01 06 00 01 {v:u16be} {crc16modbus}', { v: 3 })).toBe('01 06 00 01 00 03 98 0B')
  expect(bytes('{v:u16le} {v:bcd} {v}', { v: 42 })).toBe('2A 00 42 2A')
  expect(bytes('FF 02 {neg8}', {})).toBe('FF 02 FF')
  expect(bytes('0F F0 {xor8}', {})).toBe('0F F0 FF')
  expect(Buffer.from(bytes('123456789{crc16ccitt:x4}', {}, 'ascii').replaceAll(' ', ''), 'hex').toString()).toBe('12345678929B1\r')
  expect(Buffer.from(bytes('LOAD {n:03},{n:x2},{w}', { n: 10, w: 'HDMI1' }, 'ascii').replaceAll(' ', ''), 'hex').toString()).toBe(
    'LOAD 010,0A,HDMI1\r',
  )
  for (const [send, values] of [
    ['{v:u8}', { v: 256 }],
    ['{v:u8}', { v: -1 }],
    ['{v:02}', { v: 100 }],
    ['{v:q}', { v: 1 }],
    ['{missing}', {}],
    ['{toString}', {}],
    ['0', {}],
    ['zz', {}],
  ] as [string, Record<string, number>][])
    expect(() => bytes(send, values), send).toThrow(DisplayError)
  // A value must not begin a second command.
  expect(() => bytes('SAY {w}', { w: 'x\rPOWER OFF' }, 'ascii')).toThrow('value-invalid')
})

test('a dry run shows what would go out, and nothing does', () => {
  const { command, values } = commandOf(templateOfFake, { kind: 'preset', preset: 4, screen: null })
  expect(dryRun(templateOfFake, command, values)).toEqual({ hex: 'AA 55 01 03 04', shown: '·U···', bytes: 5, request: null })
  expect(() => dryRun(templateOfFake, command, { preset: 65 })).toThrow('value-invalid')
})

test('replies: pieces in order, anything between, a value read out', () => {
  expect(matchReply('OK 12', 'OK', 'ascii')).toEqual({ value: '' })
  expect(matchReply('>> PWR=on;', 'PWR={value};', 'ascii')).toEqual({ value: 'on' })
  expect(matchReply('a=1 b=2 end', 'b={value} end', 'ascii')).toEqual({ value: '2' })
  expect(matchReply('AA55020300', 'AA 55 02 {value}', 'hex')).toEqual({ value: '03' })
  expect(matchReply('AA55020300', 'AA ?? 02', 'hex')).toEqual({ value: '' })
  expect(matchReply('start … stop', 'start*stop', 'ascii')).toEqual({ value: '' })
  for (const [text, pattern] of [
    ['NO', 'OK'],
    ['PWR=;', 'PWR={value};'],
    ['stop start', 'start*stop'],
    ['', '?'],
  ] as const)
    expect(matchReply(text, pattern, 'ascii'), `${text} ${pattern}`).toBeNull()
  // Built to make a matcher that goes back and forth take for ever.
  expect(matchReply('a'.repeat(4_000), `${'a*'.repeat(90)}b`, 'ascii')).toBeNull()
})

test.each([
  ['no commands', sourceOfFake.replace(/commands:[\s\S]*reads:/, 'commands: {}\nreads:')],
  ['an unknown member', `${sourceOfFake}shell: rm -rf /\n`],
  ['a placeholder without a value', sourceOfFake.replace('{preset:u8}', '{presett:u8}')],
  ['half a byte', sourceOfFake.replace('AA 55 01 {', 'AA 5 01 {')],
  ['a read without {value}', sourceOfFake.replace('{value}', '')],
  ['a path where none is spoken', sourceOfFake.replace('    act: preset', '    act: preset\n    path: /x')],
  ['a proto', sourceOfFake.replace('  next:', '  __proto__:')],
])('a file with %s is refused', (_, source) => expect(() => readTemplate(source)).toThrow(WanglouError))

test('what counts up is never sent twice', async () => {
  const fake = await openFakeTemplate({ mood: { ...wellBehaved(), speech: 'silent' } })
  const device = new Device({
    open: () => openTemplate({ kind: 'network', host: '127.0.0.1', port: fake.port }, { ...open, template: templateOfFake }),
  })
  expect(await device.apply({ kind: 'command', command: 'next', values: {} })).toMatchObject({ result: 'unknown', fault: { code: 'no-answer' } })
  expect(fake.received).toHaveLength(1)
  expect((await device.apply({ kind: 'preset', preset: 4, screen: null })).result).toBe('unknown')
  expect(fake.received).toHaveLength(3)
  await device.stop()
  await fake.close()
})

test('what may be sent once only is sent anew on a line that was hung up before', async () => {
  const fake = await openFakeTemplate({ mood: wellBehaved() })
  const device = new Device({
    open: () => openTemplate({ kind: 'network', host: '127.0.0.1', port: fake.port }, { ...open, template: templateOfFake }),
  })
  const next = { kind: 'command', command: 'next', values: {} } as const
  expect((await device.apply(next)).result).toBe('accepted')
  fake.hangUp()
  await expect.poll(() => fake.connections).toBe(0)
  expect((await device.apply(next)).result).toBe('accepted')
  expect(fake.received).toHaveLength(2)
  await device.stop()
  await fake.close()
})

test('by UDP without an answer it is accepted, by HTTP with its path', async () => {
  const udp = await openDatagramFake(wellBehaved(), () => null)
  const blind = readTemplate('name: 中控\ntransport: udp\nend: "\\r\\n"\ncommands:\n  on: { act: power-on, send: "PWR ON" }\n')
  const device = new Device({ open: () => openTemplate({ kind: 'network', host: '127.0.0.1', port: udp.port }, { ...open, template: blind }) })
  expect(await device.apply({ kind: 'power', isOn: true })).toMatchObject({ result: 'accepted', evidence: '→ PWR ON' })
  await expect.poll(() => udp.received.map(String)).toEqual(['PWR ON\r\n'])
  expect((await device.apply({ kind: 'power', isOn: false })).result).toBe('refused')
  const web = await openHttpFake(wellBehaved(), (request) => ({
    status: request.url === '/%E5%9C%BA%E6%99%AF/a%2Fb?n=04' ? 200 : 404,
    body: '{"ok":true}',
  }))
  const http = readTemplate(
    'name: 网络中控\ntransport: http\ncommands:\n  scene:\n    act: preset\n    method: PUT\n    path: /场景/a%2Fb?n={preset:02}\n    send: "{\\"scene\\":{preset}}"\n    expect: "\\"ok\\":true"\n',
  )
  const other = new Device({ open: () => openTemplate({ kind: 'network', host: '127.0.0.1', port: web.port }, { ...open, template: http }) })
  expect((await other.apply({ kind: 'preset', preset: 4, screen: null })).result).toBe('accepted')
  expect(web.received.map(String)).toEqual(['PUT /%E5%9C%BA%E6%99%AF/a%2Fb?n=04 {"scene":4}'])
  await Promise.all([device.stop(), other.stop()])
  await Promise.all([udp.close(), web.close()])
})
