// People at the console: the first run, signing in, the one-time password, the lock and its PIN, a locked account opened by a colleague, the audit of it all.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ensurePage } from '../../build/page.mjs'
import { ourNode, root } from '../../build/programs.mjs'
import { expect, screen, team, test } from './fixtures.ts'
import { reportedBefore } from './incidents.helpers.ts'

// People are locked and disabled here; nobody else's specs shall meet that.
test.use({ house: 'accounts' })

const ownPassword = 'Zijide-Mima-26'
const notice = '非涉密系统，严禁处理、存储、传输国家秘密'

/** A station on which nobody has set anything up. */
async function bareStation() {
  await ensurePage()
  const directory = await mkdtemp(join(tmpdir(), 'wanglou-e2e-bare-'))
  const child = spawn(ourNode(), ['native/main.ts', '--headless', '--port', '0', '--no-sample', '--data', directory], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('wanglou ready ') && resolve(line.slice('wanglou ready '.length)))
  child.once('exit', (code) => reject(new Error(`the station ended with ${code}`)))
  const url = await promise
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

test('a fresh machine: from the first page to a working duty officer, and the lock that hides nothing', async ({ page }) => {
  const station = await bareStation()
  await page.goto(station.url)
  await expect(page).toHaveURL(/\/setup/)
  expect(page.url()).not.toContain('token')
  await expect(page.getByText(notice)).toBeVisible()
  await screen(page, 'first-run')

  await test.step('the first account, with a password of her own', async () => {
    await page.getByLabel('姓名').fill('赵系统')
    await page.getByLabel('新密码').fill('short')
    await expect(page.getByText('还不到 10 位。')).toBeVisible()
    await page.getByLabel('新密码').fill(ownPassword)
    await page.getByLabel('再输一遍').fill(ownPassword)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: '添加值班人员' })).toBeVisible()
  })
  const oneTime = await test.step('the team, each with a one-time password', async () => {
    for (const [role, name] of [
      ['值班员', '李值班'],
      ['安全管理员', '钱安全'],
      ['审计管理员', '孙审计'],
    ])
      await page.getByLabel(`${role} 姓名`).fill(name!)
    await page.getByRole('button', { name: '建立这些账号' }).click()
    const slip = page.getByRole('listitem').filter({ hasText: '李值班' })
    await expect(slip).toContainText('zhiban')
    const password = await slip.locator('.password').innerText()
    await slip.getByRole('button', { name: '以此人登录' }).click()
    return password
  })
  await test.step('her own password before anything else', async () => {
    await expect(page.getByRole('heading', { name: '请换成自己的密码' })).toBeVisible()
    await expect(page.getByLabel('新密码')).toBeFocused()
    await expect(page.getByLabel('现在的密码')).toBeHidden()
    await page.goto(new URL('/station', page.url()).href)
    await expect(page).toHaveURL(/\/new-password/)
    await page.getByLabel('现在的密码').fill(oneTime)
    await page.getByLabel('新密码').fill(ownPassword)
    await page.getByLabel('再输一遍').fill(ownPassword)
    await page.getByRole('button', { name: '更换密码' }).click()
    await expect(page.getByRole('banner')).toContainText('值班员 李值班')
  })
  await test.step('a PIN', async () => {
    await page.goto(new URL('/me', page.url()).href)
    await page.getByLabel('PIN', { exact: false }).first().fill('2580')
    await page.getByLabel('现在的密码').first().fill(ownPassword)
    await page.getByRole('button', { name: '设定 PIN' }).click()
    await expect(page.getByText('PIN 已设定。')).toBeVisible()
  })
  await test.step('the lock: clock and map go on, the PIN opens it', async () => {
    const lock = page.getByRole('region', { name: '已锁定' })
    await page.keyboard.press('Alt+l')
    await expect(lock).toBeVisible()
    await screen(page, 'locked')
    const clock = page.getByRole('banner').locator('time.clock')
    const then = await clock.innerText()
    await expect(clock).not.toHaveText(then)
    await expect(page.locator('.globe')).toBeVisible()
    await page.keyboard.type('1111')
    await page.keyboard.press('Enter')
    await expect(lock).toContainText('还可以试 4 次')
    await page.keyboard.type('2580')
    await page.keyboard.press('Enter')
    await expect(lock).toBeHidden()
  })
  await test.step('a reload signs nobody out', async () => {
    await page.reload()
    await expect(page.getByRole('banner')).toContainText('李值班')
  })
  await station.stop()
})

test('five failures lock; a colleague opens it from the sign-in page; the audit shows who did what', async ({ openDoor, openAs, station }) => {
  const page = await openDoor()
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
  await expect(page.getByText(notice)).toBeVisible()
  await screen(page, 'sign-in')
  const signIn = async (password: string) => {
    await page.getByLabel('账号', { exact: false }).first().fill(team.member.login)
    await page.getByLabel('密码', { exact: false }).first().fill(password)
    await page.getByRole('button', { name: '登录' }).click()
  }
  for (const left of [4, 3, 2, 1]) {
    await signIn('Wrong-Pass-1!')
    await expect(page.getByText(`还可以试 ${left} 次。`)).toBeVisible()
  }
  await signIn('Wrong-Pass-1!')
  await expect(page.getByText('密码多次输错，账号已锁定。')).toBeVisible()
  await page.getByLabel('解锁人账号').fill(team.shiftLeader.login)
  await page.getByLabel('解锁人密码').fill(team.shiftLeader.password)
  await page.getByRole('button', { name: '解锁', exact: true }).click()
  await expect(page.getByText('已解锁，请重新输入密码。')).toBeVisible()
  await signIn(team.member.password)
  await expect(page.getByRole('banner')).toContainText(`指挥部成员 ${team.member.name}`)

  const auditor = await openAs('audit', { path: '/audit' })
  const grid = auditor.getByRole('grid', { name: '审计' })
  await expect(grid).toContainText('为他人解锁账号')
  await expect(grid).toContainText('连续失败，账号锁定')
  await auditor.getByRole('button', { name: '现在核验' }).click()
  await expect(auditor.getByText(/条记录链完整/)).toBeVisible()
  await screen(auditor, 'audit')
  const download = auditor.waitForEvent('download')
  await auditor.getByRole('link', { name: '导出 CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^audit-.*\.csv$/)
  expect(station.origin).toMatch(/^http:\/\/127\.0\.0\.1:/)
})

test('accounts are made by one administrator and granted by another; whoever is disabled is out at once', async ({ openAs }) => {
  const admin = await openAs('admin', { path: '/accounts' })
  await admin.getByRole('button', { name: '新建账号' }).click()
  const dialog = admin.getByRole('dialog', { name: '新建账号' })
  await dialog.getByLabel('姓名').fill('冯新人')
  await dialog.getByLabel('账号').fill('xinren')
  await dialog.getByRole('button', { name: '新建账号' }).click()
  await expect(dialog.locator('.password')).toHaveText(/^\S{14}$/)
  await admin.keyboard.press('Escape')
  await admin.getByRole('row').filter({ hasText: '冯新人' }).click()
  await expect(admin.getByRole('button', { name: '授予' })).toHaveCount(0)

  const security = await openAs('security', { path: '/accounts' })
  await security.getByRole('row').filter({ hasText: '冯新人' }).click()
  await security.getByRole('button', { name: '授予' }).click()
  await expect(security.getByRole('row').filter({ hasText: '冯新人' })).toContainText('值班员')
  await expect(admin.getByRole('row').filter({ hasText: '冯新人' })).toContainText('值班员')
  await screen(security, 'accounts')

  const leader = await openAs('watchLeader')
  await expect(leader.getByRole('banner')).toContainText(team.watchLeader.name)
  await admin.getByRole('row').filter({ hasText: team.watchLeader.name }).click()
  await admin.getByRole('button', { name: '停用', exact: true }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click()
  await expect(leader).toHaveURL(/\/sign-in/)
})

test('whoever asks for it is erased by the security administrator, with a reason and the word typed; the auditor sees it', async ({
  openAs,
  station,
}) => {
  const received = { at: Date.now() - 60_000, precision: 'exact' as const, source: '样例村民丙' }
  const report = {
    words: '看见浓烟',
    reporter: '样例村民丙',
    reporterUnit: '',
    reporterPhone: '0913-0100033',
    channel: 'telephone' as const,
    received,
  }
  const officer = await station.as('officer')
  const id = await reportedBefore(officer, 1, { report, statements: [] })
  const security = await openAs('security', { path: '/erasures' })
  await security.getByLabel(/姓名、电话/).fill('样例村民丙')
  await security.getByRole('button', { name: '查找', exact: true }).click()
  const record = security.getByTestId('personal-record').filter({ hasText: '来报' })
  await expect(record).toContainText('样例村民丙')
  await expect(record).toContainText('…0033')
  await expect(record).not.toContainText('0913')
  await record.getByText('来电号码').click()
  await screen(security, 'erasures')
  await security.getByRole('button', { name: /^删除 \d+ 条记录/ }).click()
  const dialog = security.getByRole('dialog')
  await expect(dialog).toContainText('保留的')
  await dialog.getByLabel('原因（必填）').fill('本人电话申请')
  await expect(dialog.getByRole('button', { name: '删除', exact: true })).toBeDisabled()
  await dialog.getByLabel(/以确认/).fill('删除')
  await dialog.getByRole('button', { name: '删除', exact: true }).click()
  await expect(security.getByText('没有查到')).toBeVisible()
  const [left] = (await officer.incidents.detail.query({ incident: id })).reports
  expect(left).toMatchObject({ words: '看见浓烟', reporter: '', reporterPhone: '', isErased: true })

  const everything = { from: null, to: null, actor: null, action: 'journal.erase', before: null, limit: 10 }
  const [line] = await (await station.as('audit')).audit.page.query(everything)
  expect(line).toMatchObject({ actorName: team.security.name, note: { reason: '本人电话申请' } })
})

test('the health page says how the station stands and, to whoever maintains it, where its data lies', async ({ openAs, station }) => {
  const officer = await openAs('officer', { path: '/station' })
  await expect(officer.getByText('读写正常。')).toBeVisible()
  await expect(officer.getByText(station.dataDirectory)).toHaveCount(0)
  const admin = await openAs('admin', { path: '/station' })
  await expect(admin.getByText(station.dataDirectory)).toBeVisible()
  await admin.getByLabel('本中心名称').fill('样例市应急指挥中心')
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByRole('button', { name: '保存' })).toBeDisabled()
  await screen(admin, 'health')
})
