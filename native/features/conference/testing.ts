// Stations with their conferences over a real store, journal, SFU and line, paired without a code; and pages as the router sees them. For tests.
import { type PlaceAnswers, type PlaceCall, type PlaceCallInput, type RoomEvent, type RoomView, WanglouError } from '../../contract/index.ts'
import { findProgram } from '../../kernel/binaries.ts'
import { newId } from '../../kernel/ids.ts'
import type { HostingSettings } from '../../media/hosts/hosts.ts'
import { testSfu, until } from '../../media/testing/worker.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { Conferences, type ConferencesOptions } from './conference.feature.ts'

export interface TestHost extends TestStation {
  name: string
  unit: string
  conferences: Conferences
  errors: unknown[]
  /** As a station that is killed: its line and its SFU are gone without a word. */
  vanish(): Promise<void>
  /** The program is ended and begun again; its pages come by themselves. */
  restart(): Promise<void>
}

export interface TestHostOptions {
  name: string
  unit?: string
  /** Left out = 100. */
  priority?: number
  hasWorker?: boolean
  isHost?: boolean
  announce?: HostingSettings['announce']
  camera?: ConferencesOptions['camera']
  capture?: ConferencesOptions['capture']
  awayMs?: number
}

function neverCaptured(): never {
  throw new WanglouError('NOT_FOUND')
}

/** Whom the stations of one test believe: all that are in it. */
export class Neighbourhood {
  readonly #hosts: TestHost[] = []
  readonly strangers = new Set<string>()

  async open(options: TestHostOptions): Promise<TestHost> {
    const { name, unit = 'city', priority = 100, hasWorker = true, isHost = true, announce = null } = options
    const camera = options.camera ?? (() => Promise.reject(new WanglouError('NOT_FOUND')))
    const station = await openTestStation({ unit, isQuick: true })
    const errors: unknown[] = []
    const sfu = testSfu({ workerCount: 1, ...(hasWorker ? {} : { findWorker: () => ({ path: null, from: null, wrong: null }) }) })
    await sfu.start()
    const { store, journal } = station
    const settings: ConferencesOptions = {
      store,
      journal,
      sfu,
      camera,
      capture: options.capture ?? neverCaptured,
      addresses: { people: () => [], unit: async () => null, contact: async () => null, hasStation: () => false },
      standing: async () => ({ unit: null, unitName: '', level: '' }),
      hosting: { priority, listen: isHost ? { ip: '127.0.0.1', port: 0, announcedAddress: null } : null, announce, hosts: [], lostMs: 5_000 },
      stations: {
        consoleName: name,
        unit,
        sign: (bytes) => journal.sign(bytes),
        keyOf: (of) => (this.strangers.has(of) ? null : (this.#hosts.find((host) => host.journal.station === of)?.journal.publicKey ?? null)),
        unitOf: (of) => (this.strangers.has(of) ? null : (this.#hosts.find((host) => host.journal.station === of)?.unit ?? null)),
        linkName: (id) => id,
        unitName: (of) => of,
      },
      blobs: station.blobs,
      subordinates: async () => [],
      ourName: async () => name,
      ffmpeg: () => findProgram({ name: 'ffmpeg', variable: 'WANGLOU_FFMPEG', setting: null }).path,
      directory: station.directory,
      tell: () => undefined,
      announceEveryMs: 150,
      awayMs: options.awayMs,
      onError: (error) => errors.push(error),
    }
    const open = async () => {
      const conferences = new Conferences(settings)
      await conferences.start()
      return conferences
    }
    let isGone = false
    const vanish = async () => {
      if (isGone) return
      isGone = true
      await host.conferences.hosts.stop()
      await sfu.stop()
      await host.conferences.stop()
    }
    const restart = async () => {
      await host.conferences.stop()
      host.conferences = await open()
    }
    const close = async () => {
      await vanish()
      await station.close()
    }
    const host: TestHost = { ...station, name, unit, conferences: await open(), errors, vanish, restart, close }
    this.#hosts.push(host)
    return host
  }

  /** Each is told of the others. */
  introduce(...hosts: TestHost[]): void {
    for (const one of hosts)
      for (const other of hosts) {
        const { address } = other.conferences.hosts
        if (one !== other && address !== null) one.conferences.hosts.know(address)
      }
  }

  /** A city's room that calls a county, which has heard of it. @param camera every camera of the county */
  async openCalled(camera: ConferencesOptions['camera']): Promise<{ city: TestHost; county: TestHost; conference: string }> {
    const city = await this.open({ name: '市主机' })
    const county = await this.open({ name: '县主机', unit: 'county', camera })
    this.introduce(city, county)
    const conference = newId()
    await city.conferences.service.open({ id: conference, incident: null, title: '会商（样例）' }, { account: 'account-officer', name: '李值班' })
    const call = { conference, incident: null, kind: 'unit', whom: 'county', name: '样例县' }
    const subject = { dataset: 'conferences', row: conference }
    const rows = [{ dataset: 'conferenceInvitations', row: newId(), set: call }]
    await city.journal.write({ actor: 'station', action: 'conference.invite', subject, rows })
    await until(async () => {
      if (!(await county.conferences.service.detail(conference)).isForeign) throw new Error('not heard of')
    })
    return { city, county, conference }
  }

  async close(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.close()))
  }
}

/** A page of a station: comes back by itself as the real one does. */
export class TestPage {
  readonly participant = newId()
  readonly heard: RoomEvent[] = []
  readonly refusals: unknown[] = []
  view: RoomView | null = null
  readonly #host: TestHost
  readonly #name: string
  readonly #conference: string
  #abort = new AbortController()
  #reading: Promise<void> = Promise.resolve()

  constructor(host: TestHost, name: string, conference: string) {
    this.#host = host
    this.#name = name
    this.#conference = conference
  }

  come(): void {
    this.#abort = new AbortController()
    this.#reading = this.#stay()
  }

  async #stay(): Promise<void> {
    const { signal } = this.#abort
    while (!signal.aborted) {
      const { seats, service } = this.#host.conferences
      try {
        const about = await service.about(this.#conference)
        const comer = {
          ...{ conference: this.#conference, participant: this.participant, session: this.#name, account: `account-${this.#name}`, name: this.#name },
          ...{ unit: null, unitName: '', level: '', trunk: null, camera: null, movedFrom: null, about },
        }
        for await (const event of seats.attend(comer, { signal, isRelayed: false })) {
          if (event.kind === 'room') this.view = event.room
          else this.heard.push(event)
        }
      } catch (error) {
        this.refusals.push(error)
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Its line to the station is cut; see `come`. */
  async cut(): Promise<void> {
    await this.go()
    this.view = null
  }

  async go(): Promise<void> {
    this.#abort.abort()
    await this.#reading
  }

  call<Call extends PlaceCall>(call: Call, input: Omit<PlaceCallInput<Call>, 'conference' | 'participant'>): Promise<PlaceAnswers[Call]> {
    const place = { conference: this.#conference, participant: this.participant }
    return this.#host.conferences.seats.call(call, { ...input, ...place } as unknown as PlaceCallInput<Call>, this.#name)
  }

  async sends(source: 'camera' | 'microphone', ssrc: number): Promise<string> {
    const { id: transport } = await this.call('connect', { direction: 'send' })
    const video = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {} }
    const audio = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {} }
    const rtpParameters = { codecs: [source === 'camera' ? video : audio], encodings: [{ ssrc }], rtcp: { cname: this.#name } }
    const { id } = await this.call('produce', { transport, kind: source === 'camera' ? 'video' : 'audio', source, rtpParameters })
    return id
  }

  async takes(stream: string) {
    const joined = this.heard.findLast((event) => event.kind === 'joined')
    if (joined?.kind !== 'joined') throw new Error('not in')
    return this.call('consume', { stream, rtpCapabilities: joined.rtpCapabilities })
  }
}
