// 视频: a real RTSP camera whose picture carries the time, read back out of decoded frames; the camera cut off and started again, nobody clicks.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import {
  asHls,
  asJpegs,
  asRtmp,
  asRtp,
  asRtsp,
  ffmpegMissing,
  hasFfmpeg,
  startClockFilm,
  writeClockFilm,
} from '../../native/media/testing/clock-film.ts'
import { startFlvServer } from '../../native/media/testing/flv-server.ts'
import { hasJanus, startJanus } from '../../native/media/testing/janus.ts'
import { readRtp } from '../../native/media/ingest/rtp.ts'
import { playKeyFrames } from '../../native/media/testing/rtsp-film.ts'
import { FakeCamera } from '../../native/protocols/rtsp/fake.ts'
import { FakeOnvif } from '../../native/protocols/onvif/fake.ts'
import { FakeWvp } from '../../native/protocols/wvp/fake.ts'
import { openPictureServer } from '../../native/media/testing/picture-server.ts'
import { hasWorker, workerMissing } from '../../native/media/testing/worker.ts'
import { gstreamerMissing, hasGstreamer, startGstCamera } from '../../native/protocols/rtsp/testing/gst-camera.ts'
import { startStreamingServer } from '../../native/protocols/rtsp/testing/streaming-server.ts'
import { readClock, wrapMs } from './clock-picture.ts'
import { expect, screen, test } from './fixtures.ts'
import { reportedBefore } from './incidents.helpers.ts'
import { plainCamera } from '../../native/features/cameras/testing/plain-camera.ts'

test.use({ house: 'cameras', hasSample: false })

/** How many pictures of a film another program decodes. */
async function framesOf(film: Buffer): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-clip-'))
  try {
    await writeFile(join(folder, 'clip.webm'), film)
    const ask = ['-v', 'error', '-count_frames', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0']
    const { stdout } = await promisify(execFile)('ffprobe', [...ask, join(folder, 'clip.webm')])
    return Number.parseInt(stdout, 10)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const canFilm = hasWorker && hasGstreamer
test.skip(!canFilm, hasWorker ? gstreamerMissing : workerMissing)

test('the picture is decoded in the tile, comes back by itself after the camera was cut off, and the doctor names the hop', async ({
  openAs,
  station,
}) => {
  const login = { username: 'admin', password: 'Geheim-77', scheme: 'digest' as const }
  let camera = await startGstCamera({ login })
  const admin = await station.as('admin')
  const { id } = await admin.cameras.save.mutate({
    id: null,
    name: '朝阳大街路口',
    area: null,
    owner: '样例市公安局',
    device: '硬盘录像机 1',
    channel: '通道 3',
    position: [109.5, 34.5],
    heightM: 6,
    azimuthDeg: 90,
    viewDeg: 60,
    rangeM: 300,
    hasPtz: false,
    sourceKind: 'rtsp',
    address: `rtsp://admin:${login.password}@127.0.0.1:${camera.port}/live`,
    subAddress: null,
    transport: 'auto',
    note: '',
  })
  const incident = await reportedBefore(await station.as('officer'), 5)
  const page = await openAs('officer', { path: '/cameras' })
  await page.getByLabel('名称、单位、拼音首字母').fill('cydj')
  await page.getByTestId('camera-tree').getByRole('button', { name: '朝阳大街路口' }).click()
  const tile = page.getByTestId(`tile-${id}`)
  await expect(tile).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
  await expect.poll(() => readClock(page, `tile-${id}`)).not.toBeNull()
  // It moves, and below: what its decoded frames say is of now, within ten seconds (a loaded machine decodes late; `media.latency` measures).
  const first = await readClock(page, `tile-${id}`)
  await expect.poll(() => readClock(page, `tile-${id}`)).not.toBe(first)
  await tile.hover()
  await tile.getByRole('button', { name: '存入事件' }).click()
  const dialog = page.getByRole('dialog', { name: /朝阳大街路口/ })
  await dialog.getByRole('combobox').click()
  await page.getByRole('option', { name: '秦东样例化工厂氯气泄漏' }).click()
  await screen(page, 'camera-to-incident')
  await dialog.getByRole('button', { name: /10 秒/ }).click()
  const ages: number[] = []
  while (ages.length < 10) {
    const clock = await readClock(page, `tile-${id}`)
    if (clock !== null) ages.push((Date.now() - clock) & (wrapMs - 1))
  }
  console.log(`age of decoded frames, ms: ${ages.toSorted((a, b) => a - b).join(' ')}`)
  for (const age of ages) expect(Math.min(age, wrapMs - age)).toBeLessThan(10_000)
  await expect(page.getByText(/已存入事件/)).toBeVisible({ timeout: 30_000 })
  await screen(page, 'cameras')
  const [clip] = (await (await station.as('officer')).incidents.detail.query({ incident })).attachments
  expect(clip?.name).toMatch(/^朝阳大街路口 .*\.webm$/)
  expect(await framesOf(await (await page.request.get(`${station.origin}/blobs/${clip?.sha256}`)).body())).toBeGreaterThan(30)

  await camera.kill()
  await expect(tile).toHaveAttribute('data-state', 'reconnecting', { timeout: 30_000 })
  await expect(tile).toContainText(/端口 \d+ 没有开/)
  await expect(tile).toContainText('最近一帧')
  await tile.hover()
  await tile.getByRole('button', { name: '取流诊断' }).click()
  await expect(page.getByTestId('doctor')).toContainText('断在这里', { timeout: 30_000 })
  await expect(page.getByTestId('doctor')).toContainText(/端口 \d+ 没有开/)
  await page.keyboard.press('Escape')

  camera = await startGstCamera({ login, port: camera.port })
  const backAt = Date.now()
  await expect(tile).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
  await expect.poll(() => readClock(page, `tile-${id}`)).not.toBe(null)
  console.log(`picture back after ${Date.now() - backAt} ms`)
  // A still was kept for whoever opens the page next.
  const still = await page.request.get(`${station.origin}/camera-stills/${id}`)
  expect(still.status()).toBe(200)
  await camera.kill()
})

test('every kind of source in one grid: decoded frames say the time, in each; a camera that is turned stands still when its page is gone', async ({
  openAs,
  station,
}) => {
  test.skip(!hasFfmpeg, ffmpegMissing)
  const closers: (() => Promise<unknown>)[] = []
  try {
    const folder = await mkdtemp(join(tmpdir(), 'wanglou-kinds-'))
    closers.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
    const [flv, camera, streaming, janus] = await Promise.all([
      startFlvServer(),
      startGstCamera(),
      startStreamingServer(),
      hasJanus ? startJanus() : null,
    ])
    closers.push(flv.kill, camera.kill, streaming.kill)
    if (janus !== null) closers.push(janus.kill)
    const login = { username: 'admin', password: 'Geheim-77' }
    const onvif = await FakeOnvif.open({ login, rtspPort: camera.port })
    closers.push(() => onvif.close())
    const wvp = await FakeWvp.open({ login, rtspAddress: camera.address })
    closers.push(() => wvp.close())
    await mkdir(join(station.dataDirectory, 'films'), { recursive: true })
    await writeClockFilm(join(station.dataDirectory, 'films', 'drill.mp4'), 4)
    const admin = await station.as('admin')
    const platform = await admin.cameraControl.savePlatform.mutate({ id: null, name: '样例市视频平台', address: wvp.address, login })
    const add = async (
      sourceKind: 'rtsp' | 'onvif' | 'gb28181' | 'whep' | 'flv' | 'rtmp' | 'hls' | 'mjpeg' | 'still' | 'film',
      address: string,
      name: string = sourceKind,
    ) => {
      const logins: Partial<Record<typeof sourceKind, typeof login>> = {
        onvif: login,
        rtsp: streaming.login,
        whep: { username: '', password: janus?.token ?? '' },
      }
      // Small tiles take the sub-stream: so many main streams are more than two cores decode.
      const how = {
        hasPtz: true,
        login: logins[sourceKind] ?? null,
        sourceKind,
        address,
        subAddress: sourceKind === 'rtmp' || sourceKind === 'gb28181' ? null : address,
      }
      return (await admin.cameras.save.mutate({ ...plainCamera, device: '各种接入', name, ...how })).id
    }
    const pushed = await add('rtmp', 'push:')
    const { server, key } = await admin.cameras.renewPushKey.mutate({ id: pushed })
    const source = startClockFilm([
      asRtmp(`${server}/${key}`),
      asRtmp(`rtmp://127.0.0.1:${flv.rtmpPort}/live/x`),
      asHls(join(folder, 'index.m3u8')),
      asJpegs,
      asRtsp(streaming.publishAddress),
      ...(janus === null ? [] : [asRtp(janus.rtpPort)]),
    ])
    closers.push(() => source.stop())
    const pictures = await openPictureServer({ jpegs: source.output, folder })
    closers.push(() => pictures.close())
    const ids = [
      await add('onvif', onvif.address),
      pushed,
      await add('flv', `http://127.0.0.1:${flv.httpPort}/live/x.flv`, 'http-flv'),
      await add('flv', `ws://127.0.0.1:${flv.httpPort}/live/x.flv`, 'ws-flv'),
      await add('hls', `http://127.0.0.1:${pictures.port}/index.m3u8`),
      await add('mjpeg', `http://127.0.0.1:${pictures.port}/video`),
      await add('still', `http://127.0.0.1:${pictures.port}/still.jpg`),
      await add('film', 'film:drill.mp4'),
      // UDP only, and Basic.
      await add('rtsp', streaming.address),
      // Makes the offer itself: 406, and the page answers.
      ...(janus === null ? [] : [await add('whep', janus.address)]),
    ]
    const page = await openAs('officer')
    const offered: number[] = []
    page.on('response', (response) => /\/(main|sub)\/whep$/.test(response.url()) && offered.push(response.status()))
    const show = async (chosen: readonly string[]) => {
      await page.evaluate((ids) => {
        localStorage.setItem('cameras.chosen', JSON.stringify(ids))
        localStorage.setItem('cameras.layout', '16')
      }, chosen)
      await page.goto(`${station.origin}/cameras`)
    }
    const mustRun = async (id: string) => {
      await expect.poll(() => readClock(page, `tile-${id}`), { timeout: 60_000 }).not.toBeNull()
      const first = await readClock(page, `tile-${id}`)
      await expect.poll(() => readClock(page, `tile-${id}`), { timeout: 20_000 }).not.toBe(first)
      await expect(page.getByTestId(`tile-${id}`)).toHaveAttribute('data-state', 'live', { timeout: 20_000 })
    }
    // By itself: with it there would be more than two cores decode.
    const relayed = await add('gb28181', `gb28181:${platform.id}/34020000001110000001/34020000001320000000`)
    await show([relayed])
    await mustRun(relayed)
    await show(ids)
    for (const id of ids) await mustRun(id)
    if (janus !== null) expect([new Set(offered), janus.sessions]).toEqual([new Set([406]), 1])
    for (const [index, id] of ids.slice(0, 7).entries()) {
      const clock = await readClock(page, `tile-${id}`)
      if (clock === null) continue
      const age = (Date.now() - clock) & (wrapMs - 1)
      console.log(`kind ${index}: ${age} ms old`)
      // Of now, no film that was kept: HLS is some segments late by its nature.
      expect(Math.min(age, wrapMs - age), `kind ${index}`).toBeLessThan(30_000)
    }
    const turned = page.getByTestId(`tile-${ids[0]}`)
    await turned.hover()
    await turned.getByRole('button', { name: '云台' }).click()
    await page.getByTestId('ptz').focus()
    await page.keyboard.down('ArrowLeft')
    await expect.poll(() => onvif.acts.at(-1)).toBe('ContinuousMove x=-0.5 y=0 zoom=0')
    await page.keyboard.down('ArrowUp')
    await expect.poll(() => onvif.acts.at(-1)).toBe('ContinuousMove x=-0.5 y=0.5 zoom=0')
    // Nothing of the page runs any more: no key up, no blur, no farewell.
    const session = await page.context().newCDPSession(page)
    void session.send('Page.crash').catch(() => undefined)
    await expect.poll(() => onvif.acts.at(-1), { timeout: 10_000 }).toBe('Stop')
  } finally {
    for (const close of closers.reverse()) await close()
  }
})

/** Every connection of the page is kept where a test finds it. */
function keepConnections(): void {
  const kept: RTCPeerConnection[] = []
  const Plain = RTCPeerConnection
  Object.assign(window, {
    kept,
    RTCPeerConnection: class extends Plain {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        kept.push(this)
      }
    },
  })
}

/** Of each voice that comes to the page: 1 = it is heard, 0 = silence. */
function loudness(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const { kept } = window as unknown as { kept: RTCPeerConnection[] }
    const reports = await Promise.all(kept.filter(({ connectionState }) => connectionState === 'connected').map((one) => one.getStats()))
    const voices = reports
      .flatMap((report) => [...report.values()] as RTCInboundRtpStreamStats[])
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
    return voices.map(({ totalAudioEnergy = 0 }) => (totalAudioEnergy > 1e-4 ? 1 : 0))
  })
}

test('a capture card of one console: decoded at another page, taken over by it, heard in a conference, and the conference sent back to the terminal’s display without its own voice', async ({
  openAs,
  station,
}) => {
  const admin = await openAs('admin', { path: '/cameras' })
  await admin.getByRole('button', { name: '添加摄像机' }).click()
  const form = admin.getByTestId('camera-form')
  await form.getByLabel('名称').fill('会议终端（样例）')
  await form.locator('.el-select').filter({ hasText: 'RTSP 摄像机' }).click()
  await admin.getByRole('option', { name: '采集卡（HDMI/USB，视频会议终端）' }).click()
  await form.getByRole('button', { name: '列出本机设备' }).click()
  await form.getByTestId('capture-device').click()
  await admin.getByRole('option', { name: 'fake_device_0' }).click()
  await form.getByTestId('capture-sound').click()
  await admin.getByRole('option', { name: 'Fake Audio Input 1' }).click()
  await expect(form.getByTestId('capture-box')).toContainText('已选：fake_device_0，接在席位')
  await expect(form.getByTestId('capture-box')).toContainText('声音：Fake Audio Input 1。')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form).toHaveCount(0)
  const id = (await (await station.as('officer')).cameras.list.query({ query: '' })).find(({ name }) => name === '会议终端（样例）')?.id ?? ''

  const officer = await openAs('officer', { path: '/cameras' })
  await officer.getByTestId('camera-tree').getByRole('button', { name: '会议终端（样例）' }).click()
  const tile = officer.getByTestId(`tile-${id}`)
  await expect(tile).toHaveAttribute('data-state', 'live', { timeout: 30_000 })
  await framesPass(officer, `[data-testid="tile-${id}"] video`)
  await expect(admin.getByTestId('capture-sign')).toBeVisible()
  await expect(officer.getByTestId('capture-sign')).toHaveCount(0)
  // The page that captured is gone: the next one of this console does, without a click.
  await admin.close()
  await expect(officer.getByTestId('capture-sign')).toBeVisible({ timeout: 30_000 })
  await expect(tile).toHaveAttribute('data-state', 'live', { timeout: 30_000 })
  await framesPass(officer, `[data-testid="tile-${id}"] video`)

  const rpc = await station.as('officer')
  const conference = newId()
  await rpc.conference.open.mutate({ id: conference, incident: null, title: '送显（样例）' })
  await officer.context().addInitScript(keepConnections)
  await officer.goto(`${station.origin}/conference/${conference}`)
  await officer.getByRole('button', { name: '加入会商' }).click()
  await expect(officer.getByRole('button', { name: '退出会商' })).toBeVisible({ timeout: 30_000 })
  // In, and not on the way in: a camera is brought by somebody who is there.
  await expect(officer.locator('[data-notice="alone"]')).toBeVisible({ timeout: 30_000 })
  await rpc.conference.bringCamera.mutate({ conference, camera: id })
  await expect.poll(() => loudness(officer), { timeout: 30_000 }).toEqual([1])
  await officer.getByRole('button', { name: '参会人' }).click()
  const inPeople = officer.getByTestId('people').getByRole('listitem').filter({ hasText: '会议终端（样例）' })
  await inPeople.getByRole('button', { name: '将其静音' }).click()
  await inPeople.getByRole('button', { name: '恢复声音' }).click()
  await expect(inPeople.getByRole('button', { name: '将其静音' })).toBeVisible()
  await officer.getByRole('button', { name: '送到会议终端…' }).click()
  const dialog = officer.getByTestId('to-terminal')
  await dialog.getByTestId('terminal-sound').click()
  await officer.getByRole('option', { name: 'Fake Audio Output 1' }).click()
  const opened = officer.context().waitForEvent('page')
  await dialog.getByRole('button', { name: /^显示器 1/ }).click()
  const terminal = await opened
  await framesPass(terminal, '[data-person="会议终端（样例）"] video')
  await expect(terminal.getByRole('button')).toHaveCount(0)
  // The officer's microphone, open since she joined, is heard there; the terminal itself is not.
  await expect(officer.getByRole('button', { name: '静音', exact: true })).toBeVisible()
  await expect.poll(() => loudness(terminal), { timeout: 30_000 }).toEqual([1])
  await officer.getByRole('button', { name: /^停止送显/ }).click()
  await expect.poll(() => terminal.isClosed()).toBe(true)
})

test('talk is heard at a camera that says it takes sound, as long as the key is held; another sees who talks; a camera that does not say so has no key', async ({
  openAs,
  station,
}) => {
  const camera = await FakeCamera.open({ onPlay: playKeyFrames, backChannel: { codec: 'PCMU', payloadType: 0 } })
  const mute = await FakeCamera.open({ onPlay: playKeyFrames })
  try {
    const admin = await station.as('admin')
    const how = { ...plainCamera, sourceKind: 'rtsp' as const, transport: 'tcp' as const }
    const add = async (name: string, address: string) => (await admin.cameras.save.mutate({ ...how, name, address })).id
    const [id, other] = [await add('带喇叭', camera.address), await add('无喇叭', mute.address)]
    const [officer, leader] = [await openAs('officer'), await openAs('shiftLeader')]
    for (const page of [officer, leader]) {
      await page.evaluate((chosen) => localStorage.setItem('cameras.chosen', JSON.stringify(chosen)), [id, other])
      await page.goto(`${station.origin}/cameras`)
    }
    await officer.getByTestId(`tile-${other}`).hover()
    await leader.getByTestId(`tile-${id}`).hover()
    await officer.getByTestId(`tile-${id}`).hover()
    const key = officer.getByTestId(`tile-${id}`).getByTestId('talk')
    const theirs = leader.getByTestId(`tile-${id}`).getByTestId('talk')
    await expect(key).toHaveText('按住对讲')
    await expect(theirs).toHaveText('按住对讲')
    expect(camera.sound).toHaveLength(0)
    await key.hover()
    await officer.mouse.down()
    await expect(key).toHaveAttribute('data-state', 'talking', { timeout: 30_000 })
    await expect.poll(() => camera.sound.length, { timeout: 20_000 }).toBeGreaterThan(30)
    await expect(theirs).toHaveText('李值班正在对讲')
    await expect(theirs).toBeDisabled()
    const packets = camera.sound.map((bytes) => readRtp(bytes))
    expect(new Set(packets.map((packet) => `${packet?.payloadType} ${packet?.payload.length}`))).toEqual(new Set(['0 160']))
    // Chromium's own beeps, not silence: more than one value is heard.
    expect(new Set(packets.flatMap((packet) => [...(packet?.payload ?? [])])).size).toBeGreaterThan(16)
    // The pointer leaves the key without letting go.
    await officer.mouse.move(5, 5)
    await expect(theirs).toHaveText('按住对讲')
    await expect.poll(() => camera.count('TEARDOWN')).toBeGreaterThan(0)
    const heard = camera.sound.length
    await expect(officer.getByTestId(`tile-${other}`).getByTestId('talk')).toHaveCount(0)
    expect(mute.requests.some(({ method }) => method === 'DESCRIBE')).toBe(true)

    // By the keyboard, and the page is gone while the key is down: no key up, no farewell.
    await officer.getByTestId(`tile-${id}`).hover()
    await key.focus()
    await officer.keyboard.down('Space')
    await expect.poll(() => camera.sound.length, { timeout: 20_000 }).toBeGreaterThan(heard + 20)
    const session = await officer.context().newCDPSession(officer)
    void session.send('Page.crash').catch(() => undefined)
    await expect(theirs).toHaveText('按住对讲', { timeout: 15_000 })
  } finally {
    await camera.close()
    await mute.close()
  }
})

/** A decoded picture, and then others. */
async function framesPass(page: Page, selector: string): Promise<void> {
  const frames = () =>
    page.locator(selector).evaluate((video: HTMLVideoElement) => video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames)
  await expect.poll(frames, { timeout: 90_000 }).toBeGreaterThan(0)
  const before = Number(await frames())
  await expect.poll(frames, { timeout: 30_000 }).toBeGreaterThan(before)
}
