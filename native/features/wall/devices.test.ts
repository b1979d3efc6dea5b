// Devices behind the wall, through the door: acts of a scene and by hand, on the record; templates checked, tried and kept.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { openFakeTemplate, sourceOfFake } from '../../protocols/command-template/fake.ts'
import { wellBehaved } from '../../protocols/display/fake.ts'
import { openFakeLg } from '../../protocols/lg/fake.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const refused = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as unknown })

test('a scene’s acts are done in order and told; one that fails stops the rest where it is said so; the password is in no answer', async () => {
  const officer = await app.as('duty-officer')
  const fake = await openFakeLg({ mood: wellBehaved() })
  const id = newId()
  await officer.rpc.wall.saveWall.mutate({ id, name: '指挥大厅', rows: 1, columns: 2, bezelX: 0, bezelY: 0, groupName: '' })
  const device = newId()
  await officer.rpc.wall.devices.save.mutate({
    id: device,
    name: '左屏',
    mac: '',
    login: { username: 'admin', password: 'Secret-1' },
    identity: { protocol: 'lg', address: { kind: 'network', host: '127.0.0.1', port: fake.port }, unit: 1, template: null },
  })
  expect(JSON.stringify(await officer.rpc.wall.devices.list.query())).not.toContain('Secret-1')
  const act = (one: object, isStopping = false) => ({ device, act: one, waitS: 0, isStopping }) as never
  const scene = newId()
  const acts = [act({ kind: 'power', isOn: true }), act({ kind: 'freeze', isOn: true }, true), act({ kind: 'input', input: 'HDMI2', window: null })]
  await officer.rpc.wall.saveScene.mutate({ id: scene, wall: id, name: '开机', isInternal: false, acts, incidentType: null, phase: null, tiles: [] })
  await officer.rpc.wall.switch.mutate({ wall: id, scene })
  await app.wall.actsDone()
  const done = (await officer.rpc.wall.standing.query()).find((wall) => wall.id === id)?.acts
  expect(done?.map(({ words, outcome }) => [words, outcome?.result ?? null])).toEqual([
    ['开机', 'confirmed'],
    ['冻结', 'refused'],
    ['输入 HDMI2', null],
  ])
  const told = (await app.journal.timeline({ dataset: 'walls', row: id }, { by: 'known' })).filter(({ action }) => action === 'wall.act')
  // One entry an act, and one for what was left undone.
  expect(told.map(({ note }) => note?.words).toSorted()).toEqual(
    ['左屏 开机：已执行并回读确认', '左屏 冻结：设备拒绝', '未执行（前一动作未成功）：左屏 输入 HDMI2'].toSorted(),
  )
  expect(await officer.rpc.wall.devices.act.mutate({ id: device, act: { kind: 'input', input: 'HDMI2', window: null } })).toMatchObject({
    result: 'confirmed',
  })
  expect((await officer.rpc.wall.devices.list.query())[0]?.status?.facts.find(({ name }) => name === 'input')).toMatchObject({ value: 'HDMI2' })
  // Another name is no other device: what it said stands, and its password stays.
  const [kept] = await officer.rpc.wall.devices.list.query()
  await officer.rpc.wall.devices.save.mutate({ id: device, name: '右屏', mac: '', identity: kept!.identity })
  expect(await officer.rpc.wall.devices.list.query()).toMatchObject([{ id: device, name: '右屏', hasLogin: true, status: { state: 'ok' } }])
  // A template that is kept or removed is none of this display's business.
  const template = newId()
  await officer.rpc.wall.devices.saveTemplate.mutate({
    id: template,
    source: 'name: 别的\ntransport: udp\nport: 5000\ncommands:\n  a: { send: "A" }\n',
  })
  await officer.rpc.wall.devices.removeTemplate.mutate({ id: template })
  expect((await officer.rpc.wall.devices.list.query())[0]?.status?.facts.find(({ name }) => name === 'input')).toMatchObject({ value: 'HDMI2' })
  expect(fake.connections).toBe(1)
  await fake.close()
})

test('a template is checked when it is kept, and shows its bytes without sending any', async () => {
  const officer = await app.as('duty-officer')
  const source = 'name: 中控\ntransport: tcp\nport: 5000\nend: "\\r"\ncommands:\n  recall: { act: preset, send: "LOAD {preset:02}" }\n'.replace(
    '{ act: preset, send: "LOAD {preset:02}" }',
    '{ act: preset, send: "LOAD {preset:02}", values: { preset: { min: 1, max: 99 } } }',
  )
  expect(await officer.rpc.wall.devices.dryRun.query({ source, act: { kind: 'preset', preset: 4, screen: null } })).toMatchObject({
    shown: 'LOAD 04·',
    hex: '4C 4F 41 44 20 30 34 0D',
  })
  await expect(officer.rpc.wall.devices.dryRun.query({ source, act: { kind: 'preset', preset: 100, screen: null } })).rejects.toEqual(
    refused('INVALID_INPUT'),
  )
  await officer.rpc.wall.devices.saveTemplate.mutate({ id: newId(), source })
  await expect(officer.rpc.wall.devices.saveTemplate.mutate({ id: newId(), source: `${source}  - x` })).rejects.toEqual(
    refused('DEVICE_TEMPLATE_INVALID'),
  )
  expect(await officer.rpc.wall.devices.templates.query()).toHaveLength(1)
  expect(await officer.rpc.wall.devices.checkTemplate.query({ source })).toEqual({
    name: '中控',
    capabilities: ['preset', 'command'],
    commands: [{ name: 'recall', label: '', values: ['preset'] }],
  })
})

test('a template is tried at a device before it is kept: what was sent, what came back, on the record; not at a device of another kind', async () => {
  const officer = await app.as('duty-officer')
  const fake = await openFakeTemplate({ mood: wellBehaved() })
  const [template, splicer, display] = [newId(), newId(), newId()]
  await officer.rpc.wall.devices.saveTemplate.mutate({ id: template, source: sourceOfFake })
  const address = { kind: 'network' as const, host: '127.0.0.1', port: fake.port }
  const keep = (id: string, name: string, protocol: 'template' | 'lg') =>
    officer.rpc.wall.devices.save.mutate({
      id,
      name,
      mac: '',
      identity: { protocol, address, unit: null, template: protocol === 'template' ? template : null },
    })
  await keep(splicer, '拼接器', 'template')
  await keep(display, '显示屏', 'lg')
  // Its own line stands already: the trial has it for a moment.
  await officer.rpc.wall.devices.refresh.mutate({ id: splicer })
  const act = { kind: 'preset' as const, preset: 4, screen: null }
  const source = sourceOfFake.replace('as: number, add: 1', 'as: number, add: -1').replace('max: 64, add: -1', 'max: 64, add: 1')
  expect(await officer.rpc.wall.devices.tryTemplate.mutate({ id: splicer, source, act })).toMatchObject({
    sent: { hex: 'AA 55 01 05 06' },
    outcome: { result: 'confirmed', evidence: 'AA550205' },
  })
  expect(fake.received.at(-2)).toEqual(Buffer.from([0xaa, 0x55, 1, 5, 6]))
  const notes = (await app.journal.timeline({ dataset: 'displayDevices', row: splicer }, { by: 'known' })).map(({ note }) => note?.words)
  expect(notes).toContain('拼接器 试发 设备预案 4：已执行并回读确认')
  await expect(officer.rpc.wall.devices.tryTemplate.mutate({ id: display, source, act })).rejects.toEqual(refused('STATE_NOT_ALLOWED'))
  await fake.close()
})
