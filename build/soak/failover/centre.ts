// A centre of three real station processes behind one NATS server, each with an SFU of its own: the machine room's host and two desks that hold its rooms when it is gone.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { linkFolder } from '../../../native/link/settings.ts'
import { runConfigured } from '../../../native/testing/configured-server.ts'
import { freePort } from '../../../native/testing/nats-server.ts'
import { type Client, type RunningStation, runStation } from '../../../renderer/e2e/station.ts'
import { type Cable, openCable } from '../../bench/media/cable.ts'

const unit = '610502'
/** What the link's presence tells of their addresses leads nowhere: between host and desks there are the cables alone. */
const nowhere = '127.0.0.2'
const patienceMs = 60_000

export interface Centre {
  host: RunningStation
  /** The lower number first. */
  desks: [RunningStation, RunningStation]
  /** A room that belongs to the host and is known at every desk. */
  conference: string
  /** The centre's server ends: what the stations know of each other they know over their own lines. */
  loseServer(): Promise<void>
  /** All lines between the host and the desks. */
  cables: Cable[]
  close(): Promise<void>
}

export async function openCentre(title: string): Promise<Centre> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-failover-'))
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })]
  const close = async () => {
    for (const one of closers.reverse()) await one()
  }
  try {
    const { server } = await runConfigured({ level: 'county', unit, folder: join(folder, 'centre'), consoles: 'desk1,desk2' })
    closers.push(() => server.stop())
    const ports = { host: await freePort(), desk1: await freePort(), desk2: await freePort() }
    const [toDesk1, toDesk2, fromDesk1, fromDesk2] = [
      await openCable(ports.desk1),
      await openCable(ports.desk2),
      await openCable(ports.host),
      await openCable(ports.host),
    ]
    const cables = [toDesk1, toDesk2, fromDesk1, fromDesk2]
    closers.push(...cables.map((cable) => () => cable.close()))
    const open = async (user: keyof typeof ports, { priority, hosts }: { priority: number; hosts: number[] }) => {
      const directory = join(folder, user)
      await mkdir(directory)
      await cp(join(folder, 'centre', 'stations', user), join(directory, linkFolder), { recursive: true })
      const link = join(directory, linkFolder, 'link.json')
      await writeFile(link, JSON.stringify({ ...(JSON.parse(await readFile(link, 'utf8')) as object), name: user }))
      const listen = { ip: '127.0.0.1', port: ports[user], announcedAddress: nowhere }
      const hosting = { priority, listen, hosts: hosts.map((port) => `127.0.0.1:${port}`) }
      await writeFile(join(directory, 'config.json'), JSON.stringify({ hosting }))
      const station = await runStation(directory, { hasSample: false, suffix: `.${user}` })
      closers.push(() => station.end())
      return station
    }
    const host = await open('host', { priority: 10, hosts: [toDesk1.port, toDesk2.port] })
    const admin = await host.makeTeam()
    const desks: [RunningStation, RunningStation] = [
      await open('desk1', { priority: 20, hosts: [fromDesk1.port, ports.desk2] }),
      await open('desk2', { priority: 30, hosts: [fromDesk2.port, ports.desk1] }),
    ]
    for (const desk of desks) await joinTo(admin, await desk.makeTeam())
    const officer = await host.as('officer')
    const conference = crypto.randomUUID()
    await officer.conference.open.mutate({ id: conference, incident: null, title })
    for (const desk of desks) {
      const there = await desk.as('officer')
      await until('the room is known at the desk', async () => {
        const { rooms } = await there.conference.list.query({ incident: null })
        return rooms.find(({ id, host: at }) => id === conference && at !== null) ?? null
      })
    }
    return { host, desks, conference, cables, loseServer: () => server.stop(), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function joinTo(host: Client, desk: Client): Promise<void> {
  const { code } = await until('the host shows a code', () => host.link.beginPairing.mutate())
  await until('the desk is paired', () => desk.link.join.mutate({ code, side: 'centre' }))
}

/** @returns the first answer that is one: refusals and null are asked again */
export async function until<Answer>(what: string, ask: () => Promise<Answer | null> | Answer | null, withinMs = patienceMs): Promise<Answer> {
  const endsAt = Date.now() + withinMs
  let last: unknown = null
  while (Date.now() < endsAt) {
    try {
      const answer = await ask()
      if (answer !== null) return answer
    } catch (error) {
      last = error
    }
    await sleep(100)
  }
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause: last })
}
