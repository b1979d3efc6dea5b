// The 通讯录 as the officer uses it, from the keyboard: found by pinyin, found wrong in one key, called with the outcome asked at once, changed, printed.
import { expect, screen, test } from './fixtures.ts'

const box = '单位、岗位、姓名、号码、拼音首字母…'

test('found by pinyin, wrong in one key, a sample is never dialled, its outcome is typed as 样例 and stands on the card', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/contacts' })
  await expect(page.getByRole('tree', { name: '单位' }).getByRole('treeitem', { name: /渭南市应急管理局.*本单位/ })).toBeVisible()
  for (const [typed, name] of [
    ['zhashui', '柞水县'],
    ['fp', '佛坪县'],
    ['huyi', '鄠邑区'],
    ['wubu', '吴堡县'],
  ] as const) {
    await page.getByRole('textbox', { name: box }).fill(typed)
    await expect(page.getByRole('listbox', { name: '单位' }).getByRole('option', { name: new RegExp(`^${name}应急管理局`) })).toBeVisible()
  }
  // Enter is quicker than the list: it opens the first answer to what stands there.
  await page.keyboard.press('/')
  await page.getByRole('textbox', { name: box }).fill('huazhou')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '华州区应急管理局（样例）' })).toBeVisible()
  await screen(page, 'contacts')
  const numbers = page.getByRole('listbox', { name: '电话' })
  expect(await page.locator('a[href^="tel:"]').count()).toBe(0)

  await numbers.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  await expect(numbers.getByRole('option').nth(1)).toContainText('■ 号码有误')
  await expect(page.getByRole('button', { name: '有误 1' })).toBeVisible()
  await page.keyboard.press('v')
  await expect(numbers.getByRole('option').nth(1)).toContainText('李值班')
  await expect(numbers.getByRole('option').nth(1)).not.toContainText('■')
  await expect(page.getByRole('button', { name: '有误 0' })).toBeVisible()

  await page.keyboard.press('d')
  const panel = page.getByTestId('dial-panel')
  await expect(panel).toContainText('样例号码，不可拨打')
  expect(await page.locator('a[href^="tel:"]').count()).toBe(0)
  await page.keyboard.press('4')
  await page.keyboard.type('样例总机')
  await page.keyboard.press('Tab')
  await page.keyboard.type('已转值班领导')
  await page.keyboard.press('Enter')
  await expect(panel).toBeHidden()
  await expect(page.locator('article').first()).toContainText('转告')
  await expect(page.locator('article').first()).toContainText('样例总机：已转值班领导')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('wubu')
  await expect(page.getByRole('option', { name: /吴堡县应急管理局（样例）\s*029-/ })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a real unit, made by hand, reports to another, is dialled, and what nobody has told yet survives a reload', async ({ openAs, station }) => {
  const page = await openAs('officer', { path: '/contacts/new' })
  const form = page.getByTestId('unit-form')
  await form.getByRole('textbox', { name: '单位名称' }).fill('端到端开发区管委会')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0913-0100777')
  await page.keyboard.press('Tab')
  await page.keyboard.type('weinanshiyingji')
  await expect(form.getByRole('listbox').getByRole('option').first()).toContainText('渭南市应急管理局（样例）')
  await page.keyboard.press('Enter')
  await expect(form.getByLabel(/报送上级/)).toHaveValue('渭南市应急管理局（样例）')
  await form.getByRole('textbox', { name: '单位名称' }).press('Enter')
  await expect(page.getByRole('heading', { name: '端到端开发区管委会' })).toBeVisible()
  await expect(page.locator('dd').first()).toContainText('渭南市应急管理局（样例）')

  await page.keyboard.press('n')
  const person = page.getByTestId('contact-form')
  await person.getByRole('textbox').first().fill('值班室')
  await person.getByRole('textbox', { name: '号码' }).fill('打办公室')
  await page.keyboard.press('Enter')
  await expect(person.getByRole('alert')).toContainText('读不懂这个号码')
  await person.getByRole('textbox', { name: '号码' }).fill('0913-0100778 转 8')
  await page.keyboard.press('Enter')
  const numbers = page.getByRole('listbox', { name: '电话' })
  await expect(numbers.getByRole('option').nth(1)).toContainText('0913-0100778 转 8')

  await numbers.getByRole('button', { name: /拨打 端到端开发区管委会 0913-0100777/ }).click()
  const panel = page.getByTestId('dial-panel')
  await expect(panel.getByRole('link', { name: '0913-0100777' })).toHaveAttribute('href', 'tel:09130100777')
  await expect(panel).toBeFocused()
  await page.keyboard.press('1')
  await page.keyboard.type('说到一半的人')
  // Kept at the pause of typing; then the page is gone.
  const officer = await station.as('officer')
  await expect.poll(async () => JSON.stringify(await officer.drafts.read.query({ form: 'dial.pending' }))).toContain('说到一半的人')
  await page.reload()
  await page.getByRole('button', { name: '通话待记 1' }).click()
  await expect(panel.getByPlaceholder('岗位或姓名')).toHaveValue('说到一半的人')
  await panel.getByPlaceholder('岗位或姓名').press('Enter')
  await expect(panel).toBeHidden()
  await expect(page.locator('article').first()).toContainText('说到一半的人')
  await expect(page.getByRole('button', { name: /^▲ 通话待记/ })).toBeHidden()
})

test('on paper: every unit with its duty telephone first, and a blank 接报单 on one sheet', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/contacts' })
  await page.goto(new URL('/contacts/print', page.url()).href)
  const paper = page.locator('article')
  await expect(paper).toContainText('吴堡县应急管理局（样例）')
  await expect(paper).toContainText('非涉密系统，严禁处理、存储、传输国家秘密')
  const pages = (bytes: Buffer) => bytes.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  expect(pages(await page.pdf({ preferCSSPageSize: true }))).toBeGreaterThan(3)
  await page.goto(new URL('/contacts/intake-sheet', page.url()).href)
  await expect(page.locator('article')).toContainText('渭南市总值班室（样例）')
  expect(pages(await page.pdf({ preferCSSPageSize: true }))).toBe(1)
})

test('two on one person: what is typed stays, also over a reload, what came beside it is shown, and whose the field shall be is said before saving', async ({
  openAs,
  station,
}) => {
  const other = await station.as('shiftLeader')
  const { id, unit, post, name } = (await other.contacts.directory.query({ unit: null })).contacts.at(-1)!
  const page = await openAs('officer', { path: `/contacts/${unit}/people/${id}` })
  const form = page.getByTestId('contact-form')
  const [posts, names] = [form.getByRole('textbox', { name: '岗位' }), form.getByRole('textbox', { name: '姓名' })]
  await expect(posts).toHaveValue(post)
  await posts.fill('本席写的岗位')
  await other.contacts.change.mutate({ id, set: { post: '别席写的岗位', name: '别席写的姓名' }, seen: { post, name } })
  await expect(names).toHaveValue('别席写的姓名')
  await expect(form.getByRole('alert')).toContainText('别席写的岗位')
  const kept = async () => JSON.stringify(await (await station.as('officer')).drafts.read.query({ form: `contacts.person/${id}` }))
  await expect.poll(kept).toContain('"undecided":["post"]')
  await page.reload()
  await expect(posts).toHaveValue('本席写的岗位')
  await posts.press('Enter')
  await expect(form.getByRole('button', { name: '用对方的' })).toBeFocused()
  await form.getByRole('button', { name: '用我写的' }).click()
  await posts.press('Enter')
  await expect(form).toBeHidden()
  expect((await other.contacts.directory.query({ unit })).contacts.find((one) => one.id === id)).toMatchObject({
    post: '本席写的岗位',
    name: '别席写的姓名',
  })
})
