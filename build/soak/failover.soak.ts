// The machine room's host is killed with a conference in it: the room goes on at the lowest desk that answers; two parts of a cut centre become one again; what was recorded plays.
import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import type { ConferenceDetail } from '../../native/contract/index.ts'
import type { Person, RunningStation } from '../../renderer/e2e/station.ts'
import { openCentre, until } from './failover/centre.ts'
import { workersOf } from '../bench/media/processes.ts'
import { enter, launch, seesSince } from './failover/people.ts'
import type { SoakReport } from './run.ts'

/** From the kill or the mended cable until everybody sees everybody. */
const backWithinMs = 15_000
const patienceMs = 60_000
const recordedBytes = 100_000
/** Decoded pictures of one recording. */
const leastPictures = 25

export default async function failoverSoak(report: SoakReport): Promise<void> {
  const centre = await openCentre('氯气泄漏会商（样例）')
  const { host, desks, conference, cables } = centre
  const [first, second] = desks
  const browser = await launch()
  try {
    const pages: Record<'officer' | 'shiftLeader' | 'watchLeader', Page> = {
      officer: await enter(browser, { station: first, person: 'officer', conference }),
      shiftLeader: await enter(browser, { station: second, person: 'shiftLeader', conference }),
      watchLeader: await enter(browser, { station: host, person: 'watchLeader', conference }),
    }
    const everybody = ['officer', 'shiftLeader', 'watchLeader'] as const
    const see = async (who: readonly (keyof typeof pages)[], sinceMs: number, withinMs: number) => {
      const seen = who.map((one) =>
        seesSince(
          pages[one],
          who.filter((other): other is typeof other & Person => other !== one),
          { sinceMs, withinMs },
        ),
      )
      return Math.max(...(await Promise.all(seen)))
    }
    report(`three at three stations, the room on the host: each sees the two others after ${await see(everybody, Date.now(), patienceMs)} ms`)
    await mustHold(host, 3)
    await record(pages, host, report)

    const workers = await workersOf(host.dataDirectory)
    const killedAt = Date.now()
    await host.kill()
    // Its worker ends by itself a moment later; what it still carried does not count.
    await until('the SFU of the killed host is gone', () => (workers.some(isAlive) ? null : true))
    const goneAt = Date.now()
    await see(['officer', 'shiftLeader'], goneAt, patienceMs)
    let tookMs = Date.now() - killedAt
    report(`host killed, its SFU gone after ${goneAt - killedAt} ms: the two at the desks see each other again after ${tookMs} ms`)
    if (tookMs > backWithinMs) throw new Error('too late')
    await mustHold(first, 2)
    await record({ officer: pages.officer, shiftLeader: pages.shiftLeader }, first, report)

    // The host comes back into a centre that is cut: no server, no line to a desk.
    await centre.loseServer()
    for (const cable of cables) cable.cut()
    await host.restart()
    await mustHold(host, 1)
    await record({ watchLeader: pages.watchLeader }, host, report)
    await mustHold(first, 2)

    const mendedAt = Date.now()
    for (const cable of cables) cable.mend()
    tookMs = await see(everybody, mendedAt, patienceMs)
    report(`line mended: the one alone came over, everybody sees everybody after ${tookMs} ms`)
    if (tookMs > backWithinMs) throw new Error('too late')
    await mustHold(first, 3)
    await mustHold(host, 0)
    await until('the recording can be ended', async () => {
      const button = await shown([pages.officer, pages.shiftLeader], '停止录制')
      if (button === null) return null
      await button.click()
      return button
    })

    await mustPlay(host, ['lost', 'ended'], report)
    await mustPlay(first, ['stopped'], report)
  } finally {
    await browser.close()
    await centre.close()
  }

  /** The station holds the room itself with so many in it; 0 = it does not. */
  function mustHold(station: RunningStation, count: number): Promise<ConferenceDetail> {
    return until(`${count} in the room at ${station.dataDirectory}`, async () => {
      const detail = await (await station.as('officer')).conference.get.query({ id: conference })
      const isHere = detail.host?.isHere === true
      return (count === 0 ? !isHere : isHere && detail.present === count) ? detail : null
    })
  }

  async function mustPlay(station: RunningStation, ended: readonly string[], tell: SoakReport): Promise<void> {
    const rows = await until(`its recordings have ended ${ended.join(', ')}`, async () => {
      const { recordings } = await (await station.as('officer')).conference.get.query({ id: conference })
      const own = recordings.filter(({ isHere }) => isHere)
      return own.map(({ endedHow }) => endedHow).join() === ended.join() ? own : null
    })
    for (const { id, endedHow } of rows) {
      const folder = join(station.dataDirectory, 'recordings', id)
      let pictures = 0
      for (const name of await readdir(folder)) if (name.endsWith('.mkv')) pictures += await picturesIn(join(folder, name))
      tell(`recording (${endedHow}): ${pictures} pictures decoded by ffprobe`)
      if (pictures < leastPictures) throw new Error(`a recording plays only ${pictures} pictures`)
    }
  }
}

/** Waits until something of it lies on the disk of the station that holds the room. */
async function record(pages: Record<string, Page>, station: RunningStation, report: SoakReport): Promise<void> {
  const [before, beganAt] = [await bytesIn(station), Date.now()]
  const bytes = await until('whoever has the chair records, and the recording grows', async () => {
    // Who has just come back sends nothing yet, and is asked to try again.
    await (await shown(Object.values(pages), '录制会商'))?.click()
    const now = (await bytesIn(station)) - before
    return now > recordedBytes ? now : null
  })
  report(`recorded: ${Math.round(bytes / 1000)} kB after ${Date.now() - beganAt} ms`)
}

async function shown(pages: readonly Page[], name: string) {
  for (const page of pages) {
    const button = page.getByRole('button', { name })
    if (await button.isVisible()) return button
  }
  return null
}

async function bytesIn({ dataDirectory }: RunningStation): Promise<number> {
  const folder = join(dataDirectory, 'recordings')
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(names.filter((name) => name.endsWith('.mkv')).map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function picturesIn(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)('ffprobe', [
    ...['-v', 'error', '-count_frames', '-select_streams', 'v', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', file],
  ])
  return stdout
    .split('\n')
    .map(Number)
    .filter(Number.isFinite)
    .reduce((sum, count) => sum + count, 0)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
