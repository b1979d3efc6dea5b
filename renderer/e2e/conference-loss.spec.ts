// A conference over a bad line, on real packets: pictures are held back and that is said, they come back; and the network changes under it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ensurePage } from '../../build/page.mjs'
import { findSfuWorker } from '../../build/programs.mjs'
import { expect, test as base } from './fixtures.ts'
import { runStation } from './station.ts'
import { startUdpRelay, type UdpRelay } from './udp-relay.ts'

const media = { listen: [{ ip: '127.0.0.1', announcedAddress: '127.0.0.2' }], ports: { min: 28_100, max: 28_139 } }

const test = base.extend<object, { relay: UdpRelay }>({
  relay: [
    async ({}, use) => {
      const relay = await startUdpRelay({ at: '127.0.0.2', to: '127.0.0.1', ports: media.ports })
      await use(relay)
      relay.close()
    },
    { scope: 'worker' },
  ],
  station: [
    async ({}, use) => {
      await ensurePage()
      const dataDirectory = await mkdtemp(join(tmpdir(), 'wanglou-loss-'))
      await writeFile(join(dataDirectory, 'config.json'), JSON.stringify({ media }))
      const station = await runStation(dataDirectory, { hasSample: false })
      await station.makeTeam()
      const stop = async () => {
        await station.end()
        await rm(dataDirectory, { recursive: true, force: true, maxRetries: 5 })
      }
      await use(Object.assign(station, { stop }))
      await stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})
test.skip(findSfuWorker() === null, 'no SFU worker (npm run setup:sfu)')

/** Keeps what the page's connections are, so that a test sees their ICE. */
function keepConnections(): void {
  const kept: RTCPeerConnection[] = []
  Object.assign(window, { __connections: kept })
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      kept.push(this)
    }
  }
}

/** The ICE names by which the page knows the SFU: each restart gives others. */
function iceNames(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (window as unknown as { __connections: RTCPeerConnection[] }).__connections
      .filter(({ connectionState }) => connectionState === 'connected')
      .map((one) => /a=ice-ufrag:(\S+)/.exec(one.remoteDescription?.sdp ?? '')?.[1] ?? ''),
  )
}

const framesOfOther = (page: Page) =>
  page.evaluate(
    () => document.querySelector<HTMLVideoElement>('[data-testid="tile"] video:not(.mirrored)')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
  )

/** The other's picture moves. */
async function seesOther(page: Page): Promise<void> {
  const before = await framesOfOther(page)
  await expect.poll(() => framesOfOther(page), { timeout: 60_000 }).toBeGreaterThan(before + 5)
}

test('packets are lost: sound only, said so, and the pictures come back; then the network changes and the picture goes on', async ({
  openAs,
  relay,
}) => {
  // The pictures come back no sooner than after ten good seconds, on a machine that films and draws two of them.
  test.setTimeout(300_000)
  const officer = await openAs('officer', { path: '/conference' })
  await officer.getByRole('button', { name: '开会商' }).click()
  await officer.getByLabel('会商名称').fill('线路不好的会商（演示）')
  await officer.keyboard.press('Enter')
  await officer.getByRole('button', { name: '加入会商' }).click()
  await expect(officer.getByTestId('tile')).toBeVisible({ timeout: 60_000 })
  const leader = await openAs('shiftLeader')
  await leader.addInitScript(keepConnections)
  await leader.goto(officer.url())
  await leader.getByRole('button', { name: '加入会商' }).click()
  await seesOther(leader)
  const tile = officer.getByTestId('tile').filter({ hasText: '周班长' })
  await expect(tile).toContainText('线路良好', { timeout: 30_000 })

  await test.step('four of ten packets are lost', async () => {
    relay.lose(0.4)
    await expect(leader.locator('[data-notice="audioOnly"]')).toBeVisible({ timeout: 60_000 })
    await expect(tile).toContainText('仅声音')
    await expect(tile).toContainText('线路差')
  })
  await test.step('the line is good again', async () => {
    relay.lose(0)
    await expect(leader.locator('[data-notice="audioOnly"]')).toHaveCount(0, { timeout: 90_000 })
    await expect(tile).not.toContainText('仅声音')
    await seesOther(leader)
  })
  await test.step('the page is told that its network has changed, and is seen from elsewhere', async () => {
    const before = await iceNames(leader)
    expect(before).toHaveLength(2)
    relay.moveAway()
    await leader.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect.poll(async () => (await iceNames(leader)).filter((name) => !before.includes(name)), { timeout: 30_000 }).toHaveLength(2)
    await seesOther(leader)
    await seesOther(officer)
  })
})
