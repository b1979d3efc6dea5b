// The states every view must have, each brought about through the real door: empty, on its way, partial, refused, old, not allowed, drill, rewound, cut off.
import { gateOf } from './door-gate.ts'
import { expect, screen, test } from './fixtures.ts'
import { reportedBefore } from './incidents.helpers.ts'

// The station is empty, and it is killed at the end: nobody else's.
test.use({ hasSample: false, house: 'states', viewport: { width: 1600, height: 900 } })

/** What each page asks first, by the name of its place on the rail. */
const pages = [
  { rail: '预案', asks: /^plans\.list/, empty: /没有预案/ },
  { rail: '资源', asks: /^resources\.list/, empty: /没有符合的资源/ },
  { rail: '事件类型', asks: /^incidents\.eventTypes/, empty: /水旱灾害/ },
  { rail: '冲突', asks: /^conflicts\./, empty: /没有冲突/ },
  { rail: '运行状况', asks: /^station\.health/, empty: /正常/ },
]

test('every page says what it waits for, what was refused and what to do, and what there is when it is empty', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/incidents' })
  const gate = await gateOf(page)
  gate.set('hold', /^incidents\.list/)
  await page.reload()
  const list = page.getByRole('complementary', { name: '列表' })
  await expect(list.getByRole('status', { name: '正在读取' })).toContainText(/正在读取…… \d+ 秒/)
  await screen(page, 'state-loading')
  gate.set('refuse')
  await expect(list.getByRole('alert')).toContainText('再试一次')
  await screen(page, 'state-error')
  gate.set('pass')
  await list.getByRole('button', { name: '再试一次' }).click()
  await expect(list).toContainText('按 F2 接报')
  const todo = page.getByRole('region', { name: '待办' })
  await todo.getByRole('button', { name: '再试一次' }).click()
  await expect(todo).toContainText('还没有接班')
  await screen(page, 'state-empty')

  for (const { rail, asks, empty } of pages) {
    gate.set('hold', asks)
    await page.getByRole('navigation', { name: '功能' }).getByRole('link', { name: rail }).click()
    const place = page.locator('aside.list, main .cover').filter({ visible: true })
    await expect(place.getByRole('status', { name: '正在读取' }), rail).toBeVisible()
    gate.set('refuse')
    const refused = place.getByRole('alert')
    await expect(refused, rail).toContainText('再试一次')
    gate.set('pass')
    await refused.getByRole('button', { name: '再试一次' }).click()
    await expect(refused, rail).toBeHidden()
    await expect(place, rail).toContainText(empty)
  }
})

test.describe(() => {
  test.use({ hasGlobe: false })

  test('without 3D graphics the globe’s place says so, and the rest of the page works', async ({ openAs }) => {
    const page = await openAs('officer', { path: '/incidents' })
    await expect(page.getByRole('complementary', { name: '列表' })).toContainText('按 F2 接报')
    await expect(page.getByRole('region', { name: '三维地图' }).getByRole('status')).toContainText('画不出三维地图', { timeout: 60_000 })
  })
})

test('what is partly there, old, waited for too long, rewound or of a drill says so', async ({ openAs, station }) => {
  const other = await station.as('shiftLeader')
  const incident = await reportedBefore(other, 20)
  const page = await openAs('officer', { path: '/incidents' })
  const gate = await gateOf(page)

  await test.step('partial: one feature of 待办 did not answer', async () => {
    gate.set('refuse', /^tasks\.list/)
    await page.reload()
    const todo = page.getByRole('region', { name: '待办' })
    await expect(todo).toContainText('有一部分没有读到：指令')
    await expect(todo).toContainText('核实：秦东样例化工厂氯气泄漏')
    await screen(page, 'state-partial')
  })
  await test.step('stale: what cannot be read anew stays, with its age', async () => {
    gate.set('refuse', /^incidents\.list/)
    await reportedBefore(other, 3, { title: '后来的一起' })
    const list = page.getByRole('complementary', { name: '列表' })
    await expect(list.getByRole('status')).toContainText(/前读到的，没有刷新成功|刚刚读到的，没有刷新成功/)
    await expect(list).toContainText('秦东样例化工厂氯气泄漏')
    await screen(page, 'state-stale')
    gate.set('pass')
    await list.getByRole('button', { name: '再试一次' }).click()
    await expect(list).toContainText('后来的一起')
    await expect(list.getByRole('status')).toHaveCount(0)
  })
  await test.step('rewound: the band says to when, and what was not known then', async () => {
    await page.getByRole('complementary', { name: '列表' }).getByRole('row').filter({ hasText: '秦东样例化工厂氯气泄漏' }).click()
    await expect(page).toHaveURL(new RegExp(incident))
    const grip = page.getByRole('slider', { name: /回看的时刻/ })
    await grip.focus()
    await page.keyboard.press('Home')
    await expect(page.getByText(/回看 .*的情形/)).toBeVisible()
    await screen(page, 'state-rewound')
    await page.getByRole('button', { name: '回到现在' }).click()
  })
  await test.step('waited for: after ten seconds it need not be', async () => {
    gate.set('hold', /^plans\.list/)
    await page.getByRole('navigation', { name: '功能' }).getByRole('link', { name: '预案' }).click()
    await page.getByRole('button', { name: '不等了' }).click()
    await expect(page.getByText('没有再等')).toBeVisible()
    gate.set('pass')
    await expect(page.getByText('没有再等')).toBeHidden()
  })
  await test.step('drill: the band stays in sight', async () => {
    // No station of a drill exists yet: the page's own switch is set where such a station will set it.
    await page.evaluate(() => {
      interface Mounted {
        __vue_app__: { config: { globalProperties: { $pinia: { state: { value: { moment: { isDrill: boolean } } } } } } }
      }
      const mounted = document.querySelector('#page') as unknown as Mounted
      mounted.__vue_app__.config.globalProperties.$pinia.state.value.moment.isDrill = true
    })
    await expect(page.getByText('这里的一切都不会发往外部')).toBeVisible()
    await expect(page.getByRole('banner')).toContainText('演练')
    await screen(page, 'state-drill')
  })
})

test('a page one may not open says who can', async ({ openAs }) => {
  const page = await openAs('audit', { path: '/incidents' })
  await expect(page.getByRole('main')).toContainText('您的角色不能打开这一页')
  await expect(page.getByRole('main')).toContainText('值班员')
  await screen(page, 'state-no-permission')
})

test('cut off: what is open stays, what was not read says why, and all comes back by itself', async ({ openAs, station }) => {
  const page = await openAs('officer', { path: '/incidents' })
  const list = page.getByRole('complementary', { name: '列表' })
  await expect(list.getByRole('grid', { name: '事件' })).toBeVisible()
  // The code of every page is fetched ahead, so that a page never opened before opens all the same.
  const isFetched = () => performance.getEntriesByType('resource').some(({ name }) => name.includes('ResourceList'))
  await expect.poll(() => page.evaluate(isFetched)).toBe(true)
  await station.kill()
  // Whatever else calls for attention stands beside it.
  await expect(page.getByRole('alert').filter({ hasText: '与值班台程序断开' })).toBeVisible()
  await expect(list.getByRole('grid', { name: '事件' })).toBeVisible()
  await page.getByRole('navigation', { name: '功能' }).getByRole('link', { name: '资源' }).click()
  await expect(list).toContainText('这里还没有读到')
  await screen(page, 'state-offline')
  await station.restart()
  await expect(page.getByRole('banner')).toContainText('本机 正常')
  await expect(list).not.toContainText('这里还没有读到')
})
