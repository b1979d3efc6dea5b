// What the centres of the reporting tree may do at each other's server: real servers, configured by `npm run nats`, and centres that misbehave.
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { AckPolicy, jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request, serve } from './nats/requests.ts'
import { machineTiming } from './timing.ts'
import { type ConfiguredOptions, type ConfiguredServer, runConfigured } from '../testing/configured-server.ts'
import { findNatsServer, freePort, type NatsServer, natsServerMissing, runNatsServer } from '../testing/nats-server.ts'

const isMissing = findNatsServer() === null

const newStream = JSON.stringify({ name: 'NEW', subjects: ['new.>'], storage: 'memory', num_replicas: 1 })
const consumer = (of: string) => JSON.stringify({ stream_name: of, config: { durable_name: 'spy', ack_policy: 'explicit' } })
const push = JSON.stringify({ stream_name: 'UP', config: { deliver_subject: '_INBOX_610502.x', ack_policy: 'none' } })
/** What a county below 610500 may not call there: the API's call, its payload. */
const refusedCalls: [call: string, payload: string][] = [
  ['INFO', ''],
  ['STREAM.NAMES', ''],
  ['STREAM.LIST', ''],
  ['STREAM.CREATE.NEW', newStream],
  ['STREAM.UPDATE.UP', JSON.stringify({ name: 'UP', subjects: ['up.610502.>'], max_msgs: 1 })],
  ['STREAM.INFO.UP', ''],
  ['STREAM.INFO.DOWN_610521', ''],
  ['STREAM.INFO.CENTRE_610500', ''],
  ['STREAM.PURGE.UP', ''],
  ['STREAM.PURGE.DOWN_610502', ''],
  ['STREAM.PURGE.DOWN_610521', ''],
  ['STREAM.DELETE.UP', ''],
  ['STREAM.DELETE.DOWN_610502', ''],
  ['STREAM.DELETE.DOWN_610521', ''],
  ['STREAM.MSG.GET.UP', '{"seq":1}'],
  ['STREAM.MSG.GET.DOWN_610521', '{"seq":1}'],
  ['STREAM.MSG.DELETE.UP', '{"seq":1}'],
  ['STREAM.SNAPSHOT.UP', '{"deliver_subject":"_INBOX_610502.s"}'],
  ['DIRECT.GET.DOWN_610521', '{"seq":1}'],
  ['DIRECT.GET.UP', '{"seq":1}'],
  ['CONSUMER.NAMES.DOWN_610502', ''],
  ['CONSUMER.LIST.DOWN_610521', ''],
  ['CONSUMER.CREATE.UP', push],
  ['CONSUMER.CREATE.DOWN_610502.spy', consumer('DOWN_610502')],
  ['CONSUMER.DURABLE.CREATE.DOWN_610521.spy', consumer('DOWN_610521')],
  ['CONSUMER.INFO.DOWN_610521.610521', ''],
  ['CONSUMER.MSG.NEXT.DOWN_610521.610521', '{"batch":1,"no_wait":true}'],
  ['CONSUMER.DELETE.DOWN_610502.610502', ''],
  ['CONSUMER.DELETE.DOWN_610521.610521', ''],
  ['META.LEADER.STEPDOWN', ''],
]

interface Centre extends ConfiguredServer {
  domain: string
  /** How a station connects, as its folder says. */
  station(name: string, line?: 'centre' | 'above'): Promise<{ user: string; pass: string; inboxPrefix: string }>
}

describe.skipIf(isMissing)(isMissing ? natsServerMissing : 'a province, a city and a county', () => {
  let folder: string
  let province: Centre
  let city: Centre
  let county: Centre
  let cityHost: NatsConnection
  let cityStreams: JetStreamManager
  const servers: NatsServer[] = []
  const connections: NatsConnection[] = []

  async function generate(level: 'province' | 'city' | 'county', unit: string, more: Partial<ConfiguredOptions>): Promise<Centre> {
    // Somebody at the centre above who changed its configuration and sits in the account of the county's line.
    const intruder = '{ user: "intruder", password: "intruder" }'
    const change = (written: string) => written.replace(/BELOW_610502 \{\s+users: \[/, (text) => `${text}\n${intruder}\n`)
    const centre = await runConfigured({ level, unit, folder: join(folder, unit), change, ...more })
    servers.push(centre.server)
    const station = async (name: string, line: 'centre' | 'above' = 'centre') => {
      const own = join(centre.folder, 'stations', name)
      const { user, passwordFile, inboxPrefix } = JSON.parse(await readFile(join(own, 'link.json'), 'utf8'))[line]
      return { user, pass: (await readFile(join(own, passwordFile), 'utf8')).trim(), inboxPrefix }
    }
    return { ...centre, domain: `${level === 'county' ? 'x' : level[0]}${unit}`, station }
  }
  async function open(centre: Pick<Centre, 'server'>, options: ConnectionOptions): Promise<NatsConnection> {
    const connection = await connect({ servers: centre.server.url, reconnect: false, ...options })
    connections.push(connection)
    return connection
  }
  /** The host's second connection, for the line up. */
  async function openUplink(centre: Centre): Promise<NatsConnection> {
    return open(centre, await centre.station('host', 'above'))
  }
  /** A server at the county's end that obeys nobody: its credentials, no permissions, and no JetStream, so that every call goes up. */
  async function hostileServer(name: string, tls = true): Promise<{ server: NatsServer }> {
    const given = join(city.folder, 'below', '610502')
    const { url, password } = JSON.parse(await readFile(join(given, 'above.json'), 'utf8'))
    const files = tls ? `cert_file: "${given}/client.pem", key_file: "${given}/client-key.pem",` : ''
    const remote = `{ url: "${url.replace('://', `://610502:${password}@`)}", tls { ${files} ca_file: "${given}/ca.pem" } }`
    const port = await freePort()
    const configFile = join(folder, `${name}.conf`)
    await writeFile(configFile, `server_name: "${name}"\nhost: "127.0.0.1"\nport: ${port}\nleafnodes { remotes: [ ${remote} ] }\n`)
    const server = await runNatsServer({ configFile, name, port, leafPort: null, directory: folder, isKept: true })
    servers.push(server)
    return { server }
  }

  /** A leaf node's line without a server behind it: no server of the county's keeps back what it says. */
  async function rawLeaf(above: Centre) {
    const given = join(above.folder, 'below', '610502')
    const { password } = JSON.parse(await readFile(join(given, 'above.json'), 'utf8'))
    const [ca, cert, key] = await Promise.all(['ca', 'client', 'client-key'].map((name) => readFile(join(given, `${name}.pem`))))
    const socket = connectTcp(above.leafPort, '127.0.0.1')
    // The greeting comes in the clear; then both sides turn to TLS.
    await once(socket, 'data')
    const line = connectTls({ socket, ca, cert, key, servername: '', checkServerIdentity: () => undefined })
    let heard = ''
    line.setEncoding('utf8').on('data', (text: string) => {
      heard += text
      if (text.includes('PING\r\n')) line.write('PONG\r\n')
    })
    await once(line, 'secureConnect')
    line.write(
      `CONNECT ${JSON.stringify({ user: '610502', pass: password, name: 'raw', version: '2.9.10', tls_required: true, headers: true })}\r\nPING\r\n`,
    )
    await until(() => heard.includes('PONG'))
    line.write('LS+ _INBOX_610502.>\r\n')
    return {
      heard: () => heard,
      send: (subject: string, reply: string, payload: string) => line.write(`LMSG ${subject} ${reply} ${payload.length}\r\n${payload}\r\n`),
      close: () => line.destroy(),
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wanglou-permissions-'))
    province = await generate('province', '610000', { below: ['610500'] })
    city = await generate('city', '610500', { below: ['610502', '610521'], above: province })
    county = await generate('county', '610502', { consoles: 'desk1,desk2=station-2', above: city })
    for (const [centre, children] of [
      [province, ['610500']],
      [city, ['610502', '610521']],
    ] as const) {
      const host = await open(centre, await centre.station('host'))
      const streams = await jetstreamManager(host)
      await streams.streams.add({ name: 'UP', subjects: ['up.*.>'] })
      for (const child of children) {
        await streams.streams.add({ name: `DOWN_${child}`, subjects: [`down.${child}.>`] })
        await streams.consumers.add(`DOWN_${child}`, { durable_name: child, ack_policy: AckPolicy.Explicit })
      }
      if (centre === city) [cityHost, cityStreams] = [host, streams]
    }
    await cityStreams.streams.add({ name: 'CENTRE_610500', subjects: ['centre.610500.j.>'] })
    const countyHost = await open(county, await county.station('host'))
    await (await jetstreamManager(countyHost)).streams.add({ name: 'CENTRE_610502', subjects: ['centre.610502.j.>'] })
    await until(() => [city, county].every(({ server }) => /Leafnode connection created for account: ABOVE/.test(server.log())))
  })
  afterAll(async () => {
    for (const connection of connections) await connection.close()
    await Promise.all(servers.map((server) => server.stop('SIGKILL')))
    await rm(folder, { recursive: true, force: true })
  })

  test('a county publishes upward and is acknowledged from above, pulls what is for it and acknowledges that', async () => {
    const uplink = await openUplink(county)
    const stream = jetstream(uplink, { domain: city.domain })
    const first = await retried(() => stream.publish('up.610502.0', 'one', { msgID: 'one' }))
    expect(first).toMatchObject({ stream: 'UP', domain: city.domain, duplicate: false })
    expect(await stream.publish('up.610502.0', 'one', { msgID: 'one' })).toMatchObject({ seq: first.seq, duplicate: true })

    await jetstream(cityHost).publish('down.610502.0', 'order')
    const manager = await jetstreamManager(uplink, { domain: city.domain, checkAPI: false })
    expect((await manager.streams.info('DOWN_610502')).created).toMatch(/^\d{4}-/)
    const consumer = await stream.consumers.get('DOWN_610502', '610502')
    const message = await consumer.next({ expires: 5_000 })
    expect(message?.string()).toBe('order')
    expect(await message?.ackAck()).toBe(true)
    expect(await cityStreams.consumers.info('DOWN_610502', '610502')).toMatchObject({ num_ack_pending: 0, ack_floor: { stream_seq: 1 } })
    // One that comes while the pull waits, and a pull that ends with nothing.
    const waiting = consumer.next({ expires: 5_000 })
    await jetstream(cityHost).publish('down.610502.0', 'second')
    const second = await waiting
    expect(second?.string()).toBe('second')
    expect(await second?.ackAck()).toBe(true)
    expect(await consumer.next({ expires: 1_000 })).toBeNull()
  })

  test('a question up is kept by the stream and answered by the host straight; the neighbour neither hears nor asks in its name', async () => {
    const host = await open(city, await city.station('host'))
    serve(host, 'up.*.ask', { answer: async (bytes, subject) => Buffer.concat([bytes, Buffer.from(` from ${subject}`)]), onError: raise })
    const before = await messages(cityStreams, 'UP')
    const uplink = await openUplink(county)
    const { inboxPrefix } = await county.station('host', 'above')
    const ask = (subject: string, timeoutMs: number) =>
      request(uplink, { subject, bytes: Buffer.from('\u0001question'), inboxPrefix, timeoutMs, timing: machineTiming })
    await retried(async () => expect(Buffer.from((await ask('up.610502.ask', 2_000)) ?? []).toString()).toBe('\u0001question from up.610502.ask'))
    expect(await messages(cityStreams, 'UP')).toBeGreaterThan(before)
    const kept = await messages(cityStreams, 'UP')
    expect(await ask('up.610521.ask', 500)).toBeNull()
    expect(await messages(cityStreams, 'UP')).toBe(kept)
    await host.close()
  })

  test('a console asks its host straight', async () => {
    const host = await open(county, await county.station('host'))
    serve(host, 'centre.610502.ask.*.entry', { answer: async (bytes) => bytes, onError: raise })
    await host.flush()
    const desk = await open(county, await county.station('desk1'))
    const question = {
      subject: 'centre.610502.ask.station-1.entry',
      bytes: Buffer.from('\u0001question'),
      inboxPrefix: '_INBOX',
      timing: machineTiming,
    }
    expect(Buffer.from((await request(desk, { ...question, timeoutMs: 2_000 })) ?? []).toString()).toBe('\u0001question')
    await host.close()
    expect(await request(desk, { ...question, timeoutMs: 2_000 })).toBeNull()
  })

  test("a city's report goes to the province, and its own UP stream neither keeps nor acknowledges it", async () => {
    const before = await messages(cityStreams, 'UP')
    const stream = jetstream(await openUplink(city), { domain: province.domain })
    expect(await retried(() => stream.publish('up.610500.0', 'report'))).toMatchObject({ stream: 'UP', domain: province.domain })
    expect(await messages(cityStreams, 'UP')).toBe(before)
  })

  test('a county whose server obeys nobody gets no answer to a call it may not make, and changes nothing', async () => {
    const before = await state(cityStreams)
    const hostile = await open(await hostileServer('hostile'), { inboxPrefix: '_INBOX_610502' })
    const api = `$JS.${city.domain}.API`
    await until(async () => (await answer(hostile, `${api}.STREAM.INFO.DOWN_610502`)) !== null)
    const prefixes = [api, '$JS.API', `$JS.${province.domain}.API`]
    const subjects = prefixes.flatMap((prefix) => refusedCalls.map(([call, payload]) => ({ subject: `${prefix}.${call}`, payload })))
    // The short names behind which the three lent calls stand are no way in either.
    subjects.push(
      ...['above.next', 'above.consumer', 'above.stream', '$SYS.REQ.SERVER.PING'].map((subject) => ({
        subject,
        payload: '',
      })),
    )
    const heard = await Promise.all(subjects.map(async ({ subject, payload }) => ({ subject, answer: await answer(hostile, subject, payload) })))
    expect(heard.filter((one) => !isNothing(one.answer))).toEqual([])
    expect(await state(cityStreams)).toEqual(before)
    // The same connection may make the call it is allowed.
    expect(await answer(hostile, `${api}.STREAM.INFO.DOWN_610502`)).toContain('"name":"DOWN_610502"')
  })

  test('nor does one that speaks the protocol itself and asks whatever nobody announced', async () => {
    const before = await state(cityStreams)
    const line = await rawLeaf(city)
    const api = `$JS.${city.domain}.API`
    const subjects: [subject: string, payload: string][] = [api, '$JS.API'].flatMap((prefix) =>
      refusedCalls.map(([call, payload]): [string, string] => [`${prefix}.${call}`, payload]),
    )
    subjects.push(...['up.610521.0', 'down.610521.0', 'centre.610500.j.x', '$SYS.REQ.SERVER.PING'].map((one): [string, string] => [one, 'x']))
    for (const [index, [subject, payload]] of subjects.entries()) line.send(subject, `_INBOX_610502.${index}`, payload)
    line.send(`${api}.STREAM.INFO.DOWN_610502`, '_INBOX_610502.last', '')
    await until(() => line.heard().includes('"name":"DOWN_610502"'))
    await sleep(300)
    // 2.9.10 does not check what a leaf node sends against its user's permissions; that its account holds nothing else is what keeps it out.
    const answers = [...line.heard().matchAll(/LMSG (\S+) \d+\r\n(.*)\r\n/g)].map(([, subject, text = '']) => ({ subject, text }))
    expect(answers.filter(({ text }) => !isNothing(text)).map(({ subject }) => subject)).toEqual(['_INBOX_610502.last'])
    expect(await state(cityStreams)).toEqual(before)
    line.close()
  })

  test("such a county writes nowhere but its own subjects and hears nothing of others'", async () => {
    const hostile = await open(await hostileServer('eavesdropper'), { inboxPrefix: '_INBOX_610502', noEcho: true })
    const heard: string[] = []
    for (const subject of ['down.>', 'up.>', 'centre.>', '_INBOX.>', '$JS.>', '_R_.>', '_INBOX_610521.>']) {
      hostile.subscribe(subject, { callback: (_, message) => void heard.push(message.subject) })
    }
    const atCity: string[] = []
    const listener = await open(city, await city.station('host'))
    for (const subject of ['centre.610500.>', '_INBOX.x'])
      listener.subscribe(subject, { callback: (_, message) => void atCity.push(message.subject) })
    await listener.flush()
    const api = `$JS.${city.domain}.API`
    await until(async () => (await answer(hostile, `${api}.STREAM.INFO.DOWN_610502`)) !== null)
    const before = await state(cityStreams)
    for (const subject of ['up.610521.0', 'up.610500.0', 'down.610502.0', 'down.610521.0', 'centre.610500.j.x', 'centre.610500.ask.x', '_INBOX.x'])
      hostile.publish(subject, 'x')
    await hostile.flush()
    await jetstream(cityHost).publish('down.610521.0', 'for another')
    cityHost.publish('centre.610500.here.desk', 'inside')
    await cityHost.flush()
    // What comes after these on the same line has come: so they would have.
    const ack = await jetstream(hostile, { domain: city.domain }).publish('up.610502.0', 'last')
    expect(ack).toMatchObject({ stream: 'UP', seq: (before.UP ?? 0) + 1 })
    await sleep(200)
    expect(await state(cityStreams)).toEqual({ ...before, UP: (before.UP ?? 0) + 1, DOWN_610521: (before.DOWN_610521 ?? 0) + 1 })
    expect(heard).toEqual([])
    expect(atCity).toEqual(['centre.610500.here.desk'])
  })

  test('a reply subject does not make the server above act for a county', async () => {
    const hostile = await open(await hostileServer('borrower'), { inboxPrefix: '_INBOX_610502' })
    await until(async () => (await answer(hostile, `$JS.${city.domain}.API.STREAM.INFO.DOWN_610502`)) !== null)
    await jetstream(cityHost).publish('down.610502.0', 'kept')
    const before = await state(cityStreams)
    const replies = [
      '$JS.API.STREAM.PURGE.UP',
      '$JS.API.STREAM.PURGE.DOWN_610521',
      '$JS.API.CONSUMER.DELETE.DOWN_610521.610521',
      'centre.610500.j.x',
      'down.610521.0',
      'up.610521.0',
    ]
    for (const reply of replies) hostile.publish('up.610502.0', '{}', { reply })
    for (const reply of replies)
      hostile.publish(`$JS.${city.domain}.API.CONSUMER.MSG.NEXT.DOWN_610502.610502`, '{"batch":1,"no_wait":true}', { reply })
    for (const reply of replies) hostile.publish(`$JS.${city.domain}.API.STREAM.INFO.DOWN_610502`, '', { reply })
    await hostile.flush()
    await jetstream(hostile, { domain: city.domain }).publish('up.610502.0', 'last')
    await sleep(200)
    expect(await state(cityStreams)).toEqual({ ...before, UP: (before.UP ?? 0) + replies.length + 1 })
  })

  test('the centre above, even with a changed configuration, cannot drive the streams of a county', async () => {
    const manager = await jetstreamManager(await open(county, await county.station('host')))
    await jetstream(await open(county, await county.station('host'))).publish('centre.610502.j.host', 'entry')
    const before = await state(manager)
    const intruder = await open(city, { user: 'intruder', pass: 'intruder', inboxPrefix: '_INBOX_610502' })
    const uplink = await openUplink(county)
    const arrived: string[] = []
    uplink.subscribe('_INBOX_610502.hello', { callback: (_, message) => void arrived.push(message.subject) })
    await uplink.flush()
    await until(async () => {
      intruder.publish('_INBOX_610502.hello')
      await intruder.flush()
      return arrived.length > 0
    })
    const calls = [
      'INFO',
      'STREAM.NAMES',
      'STREAM.LIST',
      'STREAM.INFO.CENTRE_610502',
      'STREAM.PURGE.CENTRE_610502',
      'STREAM.DELETE.CENTRE_610502',
      'CONSUMER.LIST.CENTRE_610502',
    ]
    const subjects = [`$JS.${county.domain}.API`, '$JS.API'].flatMap((prefix) => calls.map((call) => `${prefix}.${call}`))
    const heard = await Promise.all(subjects.map(async (subject) => ({ subject, answer: await answer(intruder, subject) })))
    expect(heard.filter((one) => !isNothing(one.answer))).toEqual([])
    const cityCalls = await Promise.all(calls.map((call) => answer(cityHost, `$JS.${county.domain}.API.${call}`)))
    expect(cityCalls).toEqual(calls.map(() => null))
    for (const subject of ['centre.610502.j.host', 'centre.610502.ask.x', 'up.610502.0']) intruder.publish(subject, 'x')
    await intruder.flush()
    await sleep(200)
    expect(await state(manager)).toEqual(before)
  })

  test('the inter-centre port wants a certificate, and its users are for leaf nodes alone', async () => {
    const bare = await hostileServer('bare', false)
    await until(() => /handshake error: .*certificate/.test(city.server.log()))
    expect(await answer(await open(bare, {}), `$JS.${city.domain}.API.STREAM.INFO.DOWN_610502`)).toBeNull()
    const { password } = JSON.parse(await readFile(join(city.folder, 'below', '610502', 'above.json'), 'utf8'))
    await expect(open(city, { user: '610502', pass: password })).rejects.toThrow(/Authorization/i)
    await expect(open(city, {})).rejects.toThrow(/Authorization/i)
  })

  test('a console writes and reads the journal of its centre and manages no stream', async () => {
    const desk = await open(county, await county.station('desk1'))
    const stream = jetstream(desk)
    expect(await stream.publish('centre.610502.j.station-1', 'entry')).toMatchObject({ stream: 'CENTRE_610502' })
    const ordered = await stream.consumers.get('CENTRE_610502')
    expect((await ordered.next({ expires: 5_000 }))?.subject).toMatch(/^centre\.610502\.j\./)
    const manager = await jetstreamManager(desk)
    await manager.consumers.add('CENTRE_610502', { durable_name: 'station-1', ack_policy: AckPolicy.Explicit })
    const message = await (await stream.consumers.get('CENTRE_610502', 'station-1')).next({ expires: 5_000 })
    expect(await message?.ackAck()).toBe(true)
    for (const call of ['STREAM.PURGE.CENTRE_610502', 'STREAM.DELETE.CENTRE_610502', 'STREAM.NAMES', 'STREAM.CREATE.NEW']) {
      expect(await answer(desk, `$JS.API.${call}`), call).toBeNull()
    }
    const named = jetstream(await open(county, await county.station('desk2')))
    expect(await named.publish('centre.610502.j.station-2', 'entry')).toMatchObject({ stream: 'CENTRE_610502' })
    await expect(named.publish('centre.610502.j.station-1', 'entry')).rejects.toThrow(/permission/i)
  })
})

/** Messages in each stream, and every consumer's name: what a call that should have been refused would change. */
async function state(manager: JetStreamManager): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for await (const { config, state: held } of manager.streams.list()) {
    found[config.name] = held.messages
    for await (const consumer of manager.consumers.list(config.name)) found[`${config.name}/${consumer.name}`] = 1
  }
  return found
}

/** A server answers for an account without JetStream that there is none; that says nothing of anybody's streams. */
function isNothing(text: string | null): boolean {
  return text === null || text.includes('"description":"JetStream not enabled for account"')
}

function raise(error: unknown): never {
  throw error
}

async function messages(manager: JetStreamManager, stream: string): Promise<number> {
  return (await manager.streams.info(stream)).state.messages
}

/** @returns what is answered; null = nothing, or a refusal */
async function answer(connection: NatsConnection, subject: string, payload = ''): Promise<string | null> {
  try {
    return (await connection.request(subject, payload, { timeout: 700 })).string()
  } catch (error) {
    if (connection.isClosed()) throw error
    return null
  }
}

/** A leaf node's line is there before the interest of the other side is: the first tries may find nobody. */
async function retried<T>(act: () => Promise<T>, limitMs = 5_000): Promise<T> {
  for (const end = Date.now() + limitMs; ; await sleep(50)) {
    try {
      return await act()
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}

async function until(holds: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  for (const end = Date.now() + limitMs; !(await holds()); await sleep(30)) if (Date.now() > end) throw new Error('it did not come about')
}
