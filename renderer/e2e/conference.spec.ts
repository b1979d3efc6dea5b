// 会商 with two pages and Chromium's fake devices: what one shows the other decodes; it comes back by itself; the chair's acts arrive.
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { findSfuWorker } from '../../build/programs.mjs'
import { findProgram } from '../../native/kernel/binaries.ts'
import { expect, screen, test } from './fixtures.ts'

test.use({ house: 'conference', hasSample: false })
test.skip(findSfuWorker() === null, 'no SFU worker (npm run setup:sfu)')

const hasRecorder = findProgram({ name: 'ffmpeg', variable: 'WANGLOU_FFMPEG', setting: null }).path !== null

/** Decoded frames of the picture of everybody else: how many, how wide, and whether what is seen moves and is no single colour. */
async function decoded(page: Page): Promise<{ frames: number; width: number; isPicture: boolean }[]> {
  return page.evaluate(async () => {
    const videos = [...document.querySelectorAll<HTMLVideoElement>('[data-testid="tile"] video:not(.mirrored)')]
    return videos.map((video) => {
      const canvas = document.createElement('canvas')
      canvas.width = 32
      canvas.height = 18
      const context = canvas.getContext('2d')
      context?.drawImage(video, 0, 0, 32, 18)
      const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, 32, 18) ?? {}
      const colours = new Set<number>()
      for (let at = 0; at < data.length; at += 4)
        colours.add(((data[at] ?? 0) >> 4) * 256 + ((data[at + 1] ?? 0) >> 4) * 16 + ((data[at + 2] ?? 0) >> 4))
      return { frames: video.getVideoPlaybackQuality().totalVideoFrames, width: video.videoWidth, isPicture: colours.size > 2 }
    })
  })
}

/** New frames come: more at one look than at the one before; a line that came again counts from nothing. */
async function seesOthers(page: Page, count: number): Promise<void> {
  await expect.poll(async () => (await decoded(page)).filter(({ isPicture }) => isPicture).length, { timeout: 60_000 }).toBe(count)
  let before = await decoded(page)
  await expect
    .poll(
      async () => {
        const [last, now] = [before, await decoded(page)]
        before = now
        return now.length === count && now.every(({ frames }, index) => frames > (last[index]?.frames ?? 0) + 2)
      },
      { timeout: 30_000, intervals: [1_000] },
    )
    .toBe(true)
}

/** Packets of pictures in all parts of all recordings, as far as they lie on disk. */
async function picturesOnDisk(directory: string): Promise<number> {
  const folder = join(directory, 'recordings')
  const names = (await readdir(folder, { recursive: true }).catch(() => [])).filter((one) => one.endsWith('.mkv'))
  const counts = await Promise.all(names.map((name) => picturesIn(join(folder, name)).catch(() => 0)))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Packets of pictures that ffprobe reads in a part. */
async function picturesIn(file: string): Promise<number> {
  const asked = ['-v', 'error', '-count_packets', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0', file]
  return Number((await promisify(execFile)('ffprobe', asked)).stdout.trim())
}

const enter = async (page: Page) => {
  await expect(page.getByTestId('join').locator('video')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '加入会商' }).click()
}

test('two in a conference: seen, muted, cut off and back, out', async ({ openAs, station }) => {
  const officer = await openAs('officer', { path: '/conference' })
  await test.step('opened; the leader is called and finds it in 待办', async () => {
    await officer.getByRole('button', { name: '开会商' }).click()
    await officer.getByLabel('会商名称').fill('氯气泄漏会商（演示）')
    await officer.keyboard.press('Enter')
    await enter(officer)
    await expect(officer.locator('[data-notice="alone"]')).toBeVisible({ timeout: 30_000 })
    await officer.getByRole('button', { name: '参会人' }).click()
    await officer.getByTestId('invite').getByRole('button', { name: '值班长' }).click()
    await expect(officer.getByTestId('invite')).toContainText('周班长')
  })
  const leader = await openAs('shiftLeader')
  await leader.getByRole('link', { name: /请参加会商：氯气泄漏会商（演示）/ }).click()
  await enter(leader)

  await test.step('each decodes the other’s picture; names and lines are shown', async () => {
    await Promise.all([seesOthers(officer, 1), seesOthers(leader, 1)])
    await expect(officer.getByTestId('tile').filter({ hasText: '周班长' }).getByTestId('line')).toHaveText('线路良好', { timeout: 30_000 })
    await expect(officer.getByTestId('tile').filter({ hasText: '李值班（我）' })).toContainText('主持人')
    await screen(officer, 'conference')
  })

  await test.step('a raised hand, words, and the chair mutes', async () => {
    await leader.getByRole('button', { name: '举手' }).click()
    await expect(officer.getByTestId('tile').filter({ hasText: '周班长' })).toContainText('举手第 1 位')
    await leader.getByRole('button', { name: '文字' }).click()
    await leader.getByPlaceholder('输入文字，回车发送').fill('现场已到位')
    await leader.keyboard.press('Enter')
    await officer.getByRole('button', { name: '文字' }).click()
    await expect(officer.getByTestId('texts')).toContainText('现场已到位')
    await officer.getByRole('button', { name: '全体静音' }).click()
    await expect(leader.locator('[data-notice="mutedByChair"]')).toBeVisible()
    await expect(officer.getByTestId('tile').filter({ hasText: '周班长' })).toContainText('已静音')
    await leader.getByRole('button', { name: '取消静音' }).click()
    await expect(leader.locator('[data-notice="mutedByChair"]')).toHaveCount(0)
  })

  await test.step('a share that cannot begin is said with the next step; a picker that was put away is not', async () => {
    const refuse = (name: string, words: string) =>
      leader.evaluate(
        ([what, why]) => {
          navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException(why, what))
        },
        [name, words] as const,
      )
    await refuse('NotReadableError', 'Could not start video source')
    await leader.getByRole('button', { name: '共享屏幕' }).click()
    await expect(leader.getByRole('alert')).toContainText('取不到这个屏幕或窗口的画面。请再点“共享屏幕”')
    await refuse('NotAllowedError', 'Permission denied by user')
    await leader.getByRole('button', { name: '共享屏幕' }).click()
    await expect(leader.getByRole('alert')).toHaveCount(0)
    await leader.evaluate(() => Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia'))
  })

  await test.step('a screen is shared and seen; all look at one; the room is locked, recorded; the chair goes over and comes back', async () => {
    await leader.getByRole('button', { name: '共享屏幕' }).click()
    await expect(officer.getByTestId('tile').filter({ hasText: '周班长 的屏幕' }).locator('video')).toBeVisible({ timeout: 30_000 })
    await seesOthers(officer, 2)
    await leader.getByRole('button', { name: '停止共享' }).click()
    await officer.getByRole('button', { name: '参会人' }).click()
    const row = officer.getByTestId('people').getByRole('listitem').filter({ hasText: '周班长' })
    await row.getByRole('button', { name: '全体看这里' }).click()
    await expect(leader.locator('.large')).toContainText('周班长')
    await row.getByRole('button', { name: '取消全体看这里' }).click()
    await officer.getByRole('button', { name: '锁定会商' }).click()
    await expect(leader.getByText('已锁定，新的人不能加入')).toBeVisible()
    await officer.getByRole('button', { name: '解除锁定' }).click()
    if (hasRecorder) {
      await officer.getByRole('button', { name: '录制会商' }).click()
      await expect(leader.getByTestId('recorded')).toBeVisible()
    }
    await row.getByRole('button', { name: '移交主持' }).click()
    await expect(leader.getByTestId('tile').filter({ hasText: '周班长（我）' })).toContainText('主持人')
    await leader.getByRole('button', { name: '参会人' }).click()
    const back = leader.getByTestId('people').getByRole('listitem').filter({ hasText: '李值班' })
    await back.getByRole('button', { name: '移交主持' }).click()
    await expect(officer.getByRole('button', { name: '锁定会商' })).toBeVisible()
  })

  await test.step('the station is killed: both come back without a click', async () => {
    // By pictures: the first ones are large, and a busy machine films few.
    if (hasRecorder) await expect.poll(() => picturesOnDisk(station.dataDirectory), { timeout: 60_000 }).toBeGreaterThan(20)
    await station.kill()
    await station.restart()
    await Promise.all([seesOthers(officer, 1), seesOthers(leader, 1)])
    // As it was before: who leads, and that it is recorded.
    await expect(officer.getByRole('button', { name: '锁定会商' })).toBeVisible()
    if (hasRecorder) await expect(leader.getByTestId('recorded')).toBeVisible({ timeout: 30_000 })
  })

  await test.step('the call goes on while something else is looked at; a page that goes is said; then out', async () => {
    await leader.getByRole('link', { name: '事件', exact: true }).first().click()
    await expect(leader.getByTestId('tile')).toHaveCount(0)
    await seesOthers(officer, 1)
    await leader.getByRole('link', { name: '会商中' }).click()
    await seesOthers(leader, 1)
    await officer.getByRole('button', { name: '视频点名' }).click()
    await expect(officer.getByTestId('roll-call')).toContainText('没有下级值班室')
    await leader.close()
    await expect(officer.getByTestId('tile').filter({ hasText: '周班长' })).toContainText('连接中断', { timeout: 30_000 })
    await officer.getByRole('button', { name: '退出会商' }).click()
    await expect(officer.getByTestId('join')).toBeVisible({ timeout: 30_000 })
    await officer.getByRole('button', { name: '结束会商' }).click()
    await officer.getByRole('dialog').getByRole('button', { name: '结束会商' }).click()
    await expect(officer.getByRole('heading', { name: '参会记录' })).toBeVisible()
    if (hasRecorder) {
      await expect(officer.getByTestId('recordings')).toContainText('本机中断，中断前的部分完好')
      await expect(officer.getByTestId('recordings')).toContainText('中断恢复后自动继续录制')
      const [before, after] = [officer.getByTestId('recordings').locator('li').first(), officer.getByTestId('recordings').locator('li').last()]
      await expect(after).toContainText('随会商或画面结束', { timeout: 15_000 })
      for (const recording of [before, after]) {
        const paths = await recording.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
        const files = await Promise.all(paths.map((path) => officer.request.get(`${station.origin}${path}`)))
        expect(files.map((file) => file.status())).toEqual(paths.map(() => 200))
        const counts = await Promise.all(paths.map((path) => picturesIn(join(station.dataDirectory, path))))
        expect(Math.max(0, ...counts)).toBeGreaterThan(10)
      }
    }
  })
})
