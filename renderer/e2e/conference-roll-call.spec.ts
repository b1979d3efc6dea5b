// 视频点名 and 电话通知: loudspeaker tried before joining, duty rooms called in turn, an answer whose picture stands in the list, and what came of ringing the others.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import PizZip from 'pizzip'
import { findSfuWorker } from '../../build/programs.mjs'
import { expect, test } from './fixtures.ts'

test.use({ house: 'roll-call' })
test.skip(findSfuWorker() === null, 'no SFU worker (npm run setup:sfu)')

/** How many colours a JPEG shows when it is decoded: a blank one shows one. */
function coloursOf(page: Page, jpeg: Uint8Array): Promise<number> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
    const canvas = new OffscreenCanvas(32, 18)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0, 32, 18)
    const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, 32, 18) ?? {}
    const colours = new Set<number>()
    for (let at = 0; at < data.length; at += 4)
      colours.add(((data[at] ?? 0) >> 4) * 256 + ((data[at + 1] ?? 0) >> 4) * 16 + ((data[at + 2] ?? 0) >> 4))
    return colours.size
  }, Buffer.from(jpeg).toString('base64'))
}

/** What came of a call to a sample number, from the keyboard. */
async function tell(page: Page, key: '1' | '2' | '3' | '4', who: string): Promise<void> {
  await expect(page.getByTestId('dial-panel')).toContainText('样例号码，不可拨打')
  await page.keyboard.press(key)
  if (who !== '') await page.keyboard.type(who)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('dial-panel')).toBeHidden()
}

test('a loudspeaker is tried; duty rooms are called in turn; an answer’s picture is in the list; the others are rung', async ({
  openAs,
  station,
}) => {
  const [admin, duty] = [await station.as('admin'), await station.as('officer')]
  const { units, ourUnit } = await duty.contacts.tree.query()
  const [first, second] = units.filter(({ superior }) => superior === ourUnit)
  if (first === undefined || second === undefined) throw new Error('the sample has no duty rooms below ours')
  const leaderAccount = (await admin.accounts.list.query()).find(({ login }) => login === 'zhibanzhang')
  if (leaderAccount === undefined) throw new Error('no leader')
  await admin.accounts.update.mutate({ account: leaderAccount.id, name: leaderAccount.name, telephone: null, unit: first.id })

  const officer = await openAs('officer', { path: '/conference' })
  await officer.getByRole('button', { name: '开会商' }).click()
  await officer.getByLabel('会商名称').fill('晨间点名（演示）')
  await officer.keyboard.press('Enter')
  await test.step('the loudspeaker is chosen and tried from the keyboard', async () => {
    await expect(officer.getByTestId('join').locator('video')).toBeVisible({ timeout: 30_000 })
    const speaker = officer.getByLabel('扬声器')
    await expect.poll(() => speaker.locator('option').count()).toBeGreaterThan(1)
    await speaker.selectOption({ index: 1 })
    await speaker.focus()
    await officer.keyboard.press('Tab')
    await officer.keyboard.press('Enter')
    await expect(officer.getByTestId('speaker')).toContainText('应听到一声短音')
  })
  await officer.getByRole('button', { name: '加入会商' }).click()
  await expect(officer.getByTestId('tile')).toBeVisible({ timeout: 30_000 })
  const leader = await openAs('shiftLeader')
  await leader.goto(officer.url())
  await expect(leader.getByTestId('join').locator('video')).toBeVisible({ timeout: 30_000 })
  await leader.getByRole('button', { name: '加入会商' }).click()
  await expect(officer.getByTestId('tile')).toHaveCount(2, { timeout: 30_000 })

  const roll = officer.getByTestId('roll-call')
  const row = (name: string) => roll.getByRole('listitem').filter({ hasText: name })
  await test.step('the first is in the room and answers; its picture is seen', async () => {
    await officer.getByRole('button', { name: '视频点名' }).click()
    await roll.getByRole('button', { name: '点下一个' }).click()
    await expect(row(first.name).getByRole('timer')).toHaveText(/还有 \d+ 秒算迟/)
    await expect(leader.locator('.large')).toContainText('周班长')
    await row(first.name).getByRole('button', { name: '应答', exact: true }).click()
    await expect(row(first.name).getByRole('img', { name: '应答时的画面' })).toBeVisible()
  })
  await test.step('the second is not, does not answer, and is rung', async () => {
    await roll.getByRole('button', { name: '点下一个' }).click()
    // What is rung before it is called belongs to no call.
    await expect(row(second.name).getByRole('timer')).toBeVisible()
    await row(second.name).locator('.dial button').click()
    await tell(officer, '4', '样例总机')
    await expect(row(second.name).getByTestId('rung')).toContainText('转告 · 样例总机')
    await row(second.name).getByRole('button', { name: '无应答' }).click()
    // The key is gone when it is kept: its word is the same.
    await expect(row(second.name).getByRole('button', { name: '无应答' })).toHaveCount(0)
    await expect(row(second.name)).toContainText('无应答')
  })
  await test.step('the list has the picture and what was said', async () => {
    const [download] = await Promise.all([officer.waitForEvent('download'), roll.getByRole('link', { name: '下载点名情况表（DOCX）' }).click()])
    const zip = new PizZip(await readFile(await download.path()))
    const words = (zip.file('word/document.xml')?.asText() ?? '').replaceAll(/<[^>]+>/g, '|')
    for (const said of [first.name, '周班长', '无应答（电话转告：样例总机）']) expect(words).toContain(said)
    const [picture] = zip.file(/word\/media\//)
    expect(await coloursOf(officer, picture?.asUint8Array() ?? new Uint8Array())).toBeGreaterThan(2)
  })
  await test.step('one without a client is telephoned from the list of the invited, and the outcome stays beside it', async () => {
    await officer.getByRole('button', { name: '参会人' }).click()
    const invite = officer.getByTestId('invite')
    await invite.getByPlaceholder('单位或通讯录：名称、姓名、拼音').fill(second.name)
    await invite.getByRole('listitem').filter({ hasText: second.name }).getByRole('button', { name: '邀请' }).first().click()
    await invite.getByPlaceholder('单位或通讯录：名称、姓名、拼音').fill('')
    const line = invite.getByRole('listitem').filter({ hasText: second.name })
    await line.locator('.dial button').click()
    await tell(officer, '3', '')
    await expect(line.getByTestId('rung')).toContainText('占线')
    await expect(line.getByRole('button', { name: '记为已通知' })).toBeVisible()
    await line.locator('.dial button').click()
    await tell(officer, '1', '样例丁')
    await expect(line).toContainText('已电话通知')
    await expect(line.getByTestId('rung')).toContainText('接通 · 样例丁')
  })
})
