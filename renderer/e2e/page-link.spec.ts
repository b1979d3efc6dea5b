// The station dies under the page and comes back: the page says so, keeps what is open, and reconnects by itself.
import { expect, screen, test } from './fixtures.ts'

test.use({ hasSample: false })

test('a lost station is shown with its age, and the page comes back by itself', async ({ openAs, station }) => {
  const page = await openAs('officer', { path: '/conflicts' })
  await expect(page.getByText('没有冲突')).toBeVisible()
  await station.kill()
  await expect(page.getByRole('alert')).toContainText('与值班台程序断开')
  await expect(page.getByRole('banner')).toContainText('本机 断开')
  await expect(page.getByText('没有冲突')).toBeVisible()
  await screen(page, 'station-lost')
  await station.restart()
  await expect(page.getByRole('banner')).toContainText('本机 正常')
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(page.getByRole('banner')).toContainText('李值班')
})
