// 大屏: a scene is composed by hand, two screens are paired and switched, a page is killed and comes back to its scene, one key goes back.
import type { Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import { expect, screen, test } from './fixtures.ts'

test.use({ house: 'wall', hasSample: false })

/** Scenes that can be seen on a screen now: one, ever. */
const seen = (page: Page) => page.locator('.layer:not(.unseen)').evaluateAll((layers) => layers.map((layer) => (layer as HTMLElement).dataset.scene))

test('composed, paired, switched, killed and back, rolled back', async ({ openAs, doors, station }) => {
  const officer = await station.as('officer')
  const wall = newId()
  await officer.wall.saveWall.mutate({ id: wall, name: '指挥大厅', rows: 1, columns: 2, bezelX: 20, bezelY: 0, groupName: '' })
  await officer.wall.addShipped.mutate({ wall })
  const screens = (await officer.wall.standing.query())[0]!.screens
  const [left, right] = [await doors(), await doors()]
  await left.goto(`${station.origin}/wall/${screens[0]!.id}`)
  // By the short address; the desk says which screen it is.
  await right.goto(`${station.origin}/wall`)

  const desk = await openAs('officer', { path: `/wall-desk/${wall}` })
  for (const page of [left, right]) {
    await desk.getByTestId('pair-code').fill((await page.getByTestId('pairing-code').textContent()) ?? '')
    await desk.getByRole('button', { name: '配对', exact: true }).click()
    await expect(page.getByText('已配对，等待上屏')).toBeVisible()
  }

  await desk.getByRole('button', { name: '日常值守' }).click()
  await desk.getByTestId('switch').click()
  await expect.poll(() => Promise.all([seen(left), seen(right)])).toEqual([['日常值守'], ['日常值守']])

  await desk.getByTestId('new-scene').click()
  await desk.getByTestId('scene-name').fill('防汛')
  await desk.getByTestId('add-banner').click()
  await desk.getByTestId('tile-text').fill('黄河渭南段 三级响应')
  await desk.getByTestId('add-incidents').dragTo(desk.locator('.stage').first(), { targetPosition: { x: 40, y: 60 } })
  await expect(desk.getByTestId('placed-incidents')).toBeVisible()
  await desk.getByTestId('switch').click()
  await expect.poll(() => seen(left)).toEqual(['防汛'])
  await expect.poll(() => seen(right)).toEqual(['防汛'])
  await expect(left.getByText('黄河渭南段 三级响应')).toBeVisible()
  await expect(desk.getByTestId('standing-1-1').getByText('显示正确')).toBeVisible({ timeout: 15_000 })
  await screen(desk, 'wall')

  // The page crashes and is opened again, as a kiosk does.
  const context = left.context()
  await left.close()
  const again = await context.newPage()
  await again.goto(`${station.origin}/wall/${screens[0]!.id}`)
  await expect.poll(() => seen(again)).toEqual(['防汛'])

  await desk.getByTestId('roll-back').click()
  await expect.poll(() => Promise.all([seen(again), seen(right)])).toEqual([['日常值守'], ['日常值守']])
  await screen(again, 'wall-screen')
})
