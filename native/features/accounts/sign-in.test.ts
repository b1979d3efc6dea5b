// Coming in: failures, the lockout, the second person, the idle lock and its PIN — and what of it stands in the journal.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWeakPin, passwordProblem } from '../../contract/index.ts'
import { goodPassword, openTestApp, type TestApp } from '../../testing/app.ts'

const refused = (code: string, params: object = {}) =>
  expect.objectContaining({ data: expect.objectContaining({ code, params: expect.objectContaining(params) }) })

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const actions = async (account: string) =>
  (await app.journal.timeline({ dataset: 'accounts', row: account }, { by: 'known' })).map((entry) => entry.action)
const wrong = (login: string) => app.stranger().then(({ rpc }) => rpc.accounts.signIn.mutate({ login, password: 'Wrong-Pass-1!' }))

describe('the lockout', () => {
  it('closes an account after five failures, to the right password too, and says so alike for a login nobody has', async () => {
    const officer = await app.as('duty-officer')
    for (const login of [officer.login, 'nobody-here']) {
      for (const remaining of [4, 3, 2, 1]) await expect(wrong(login)).rejects.toEqual(refused('WRONG_PASSWORD', { remaining }))
      await expect(wrong(login)).rejects.toEqual(refused('ACCOUNT_LOCKED'))
    }
    const { rpc } = await app.stranger()
    await expect(rpc.accounts.signIn.mutate({ login: officer.login, password: goodPassword })).rejects.toEqual(refused('ACCOUNT_LOCKED'))
    expect(await actions(officer.account)).toEqual(expect.arrayContaining(['accounts.signInFailed', 'accounts.lockout']))
    // Whoever sits at the console already is not thrown out by somebody guessing elsewhere.
    expect((await officer.rpc.accounts.session.query()).person?.account).toBe(officer.account)
  })
  it('counts guesses made at once one by one', async () => {
    const officer = await app.as('duty-officer')
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => wrong(officer.login)))
    const codes = answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as { data: { code: string } }).data.code : 'in'))
    expect(codes.filter((code) => code === 'WRONG_PASSWORD')).toHaveLength(4)
    expect(codes.filter((code) => code === 'ACCOUNT_LOCKED')).toHaveLength(8)
  })
  it('is undone by a second person with the right, never by oneself, and stands in the journal', async () => {
    const officer = await app.as('duty-officer')
    const leader = await app.as('shift-leader')
    const member = await app.as('command-member')
    for (let tries = 0; tries < 5; tries += 1) await wrong(officer.login).catch(() => undefined)
    const door = await app.stranger()
    const beside = (byLogin: string, byPassword = goodPassword) =>
      door.rpc.accounts.unlockBeside.mutate({ login: officer.login, byLogin, byPassword })
    await expect(beside(member.login)).rejects.toEqual(refused('FORBIDDEN'))
    await expect(beside(leader.login, 'Wrong-Pass-1!')).rejects.toEqual(refused('WRONG_PASSWORD'))
    await expect(officer.rpc.accounts.unlockAccount.mutate({ account: officer.account })).rejects.toEqual(refused('FORBIDDEN'))
    await beside(leader.login)
    expect((await door.rpc.accounts.session.query()).person).toBeNull()
    expect((await door.rpc.accounts.signIn.mutate({ login: officer.login, password: goodPassword })).person?.account).toBe(officer.account)
    const entries = await app.journal.timeline({ dataset: 'accounts', row: officer.account }, { by: 'known' })
    expect(entries.find((entry) => entry.action === 'accounts.unlockAccount')?.actor).toBe(leader.account)

    for (let tries = 0; tries < 5; tries += 1) await wrong(leader.login).catch(() => undefined)
    await expect(leader.rpc.accounts.unlockAccount.mutate({ account: leader.account })).rejects.toEqual(refused('SECOND_PERSON_REQUIRED'))
    const watch = await app.as('watch-leader')
    expect((await watch.rpc.accounts.locked.query()).map((row) => row.id)).toContain(leader.account)
    await watch.rpc.accounts.unlockAccount.mutate({ account: leader.account })
    expect((await watch.rpc.accounts.locked.query()).map((row) => row.id)).not.toContain(leader.account)
  })
  it('ends by itself after its time', async () => {
    const quick = await openTestApp({ config: { lockoutMinutes: 0.02 } })
    const officer = await quick.as('duty-officer')
    const { rpc } = await quick.stranger()
    for (let tries = 0; tries < 5; tries += 1)
      await rpc.accounts.signIn.mutate({ login: officer.login, password: 'Wrong-Pass-1!' }).catch(() => undefined)
    await expect
      .poll(
        () =>
          rpc.accounts.signIn.mutate({ login: officer.login, password: goodPassword }).then(
            () => 'in',
            () => 'out',
          ),
        { timeout: 10_000 },
      )
      .toBe('in')
    await quick.close()
  })
})

describe('the idle lock', () => {
  it('comes by itself, hides nothing that is open while locked, and a PIN opens it', async () => {
    const quick = await openTestApp({ config: { idleLockMinutes: 0.02 } })
    const officer = await quick.as('duty-officer')
    await officer.rpc.accounts.setPin.mutate({ password: goodPassword, pin: '2580' })
    await expect.poll(() => officer.rpc.accounts.session.query().then((state) => state.isLocked), { timeout: 10_000 }).toBe(true)
    await officer.rpc.station.health.query()
    await officer.rpc.accounts.names.query()
    await expect(officer.rpc.accounts.invite.mutate()).rejects.toEqual(refused('SESSION_LOCKED'))
    // A page that goes on asking for rows is no person at the desk, and touching the desk opens nothing.
    await officer.rpc.accounts.touch.mutate()
    expect((await officer.rpc.accounts.session.query()).isLocked).toBe(true)
    await expect(officer.rpc.accounts.unlock.mutate({ pin: '1111' })).rejects.toEqual(refused('WRONG_PIN', { remaining: 4 }))
    expect((await officer.rpc.accounts.unlock.mutate({ pin: '2580' })).isLocked).toBe(false)
    const written = (await quick.journal.timeline({ dataset: 'accounts', row: officer.account }, { by: 'known' })).map((entry) => entry.action)
    expect(written).toEqual(expect.arrayContaining(['accounts.signIn', 'accounts.lock', 'accounts.unlockFailed', 'accounts.unlock']))
    await quick.close()
  })
  it('is put off by a person, not by the calls of a page', async () => {
    const quick = await openTestApp({ config: { idleLockMinutes: 0.05 } })
    const officer = await quick.as('duty-officer')
    for (let round = 0; round < 5; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      await officer.rpc.accounts.touch.mutate()
    }
    expect((await officer.rpc.accounts.session.query()).isLocked).toBe(false)
    await expect
      .poll(
        () =>
          officer.rpc.station.health
            .query()
            .then(() => officer.rpc.accounts.session.query())
            .then((state) => state.isLocked),
        { timeout: 10_000 },
      )
      .toBe(true)
    await quick.close()
  })
  it('takes only the password after five wrong PINs', async () => {
    const officer = await app.as('duty-officer')
    await officer.rpc.accounts.setPin.mutate({ password: goodPassword, pin: '2580' })
    await officer.rpc.accounts.lock.mutate()
    for (const remaining of [4, 3, 2, 1, 0])
      await expect(officer.rpc.accounts.unlock.mutate({ pin: '0852' })).rejects.toEqual(refused('WRONG_PIN', { remaining }))
    await expect(officer.rpc.accounts.unlock.mutate({ pin: '2580' })).rejects.toEqual(refused('WRONG_PIN', { remaining: 0 }))
    expect(await officer.rpc.accounts.session.query()).toMatchObject({ isLocked: true, needsPassword: true })
    expect(await officer.rpc.accounts.unlock.mutate({ password: goodPassword })).toMatchObject({ isLocked: false, needsPassword: false })
  })
  it('refuses PINs that everybody tries', async () => {
    const officer = await app.as('duty-officer')
    for (const pin of ['0000', '1234', '87654321', '99999'])
      await expect(officer.rpc.accounts.setPin.mutate({ password: goodPassword, pin })).rejects.toEqual(refused('PIN_TOO_WEAK'))
    for (const pin of ['123', '123456789', 'abcd'])
      await expect(officer.rpc.accounts.setPin.mutate({ password: goodPassword, pin })).rejects.toEqual(refused('INVALID_INPUT'))
    expect([isWeakPin('2580'), isWeakPin('4321'), isWeakPin('135790')]).toEqual([false, true, false])
  })
  it('tells its pages at once', async () => {
    const officer = await app.as('duty-officer')
    const controller = new AbortController()
    const states: boolean[] = []
    const watching = (async () => {
      for await (const state of app.accounts.view.watch(officer.session, controller.signal)) states.push(state.isLocked)
    })()
    await expect.poll(() => states).toEqual([false])
    await officer.rpc.accounts.lock.mutate()
    await expect.poll(() => states).toEqual([false, true])
    await officer.rpc.accounts.unlock.mutate({ password: goodPassword })
    await expect.poll(() => states).toEqual([false, true, false])
    controller.abort()
    await watching
  })
})

describe('what a person may do', () => {
  it('changes on her page as soon as somebody grants or takes', async () => {
    const officer = await app.as()
    const security = await app.as('security-admin')
    const controller = new AbortController()
    const seen: string[][] = []
    const watching = (async () => {
      for await (const state of app.accounts.view.watch(officer.session, controller.signal)) seen.push(state.person?.roles ?? [])
    })()
    await expect.poll(() => seen.at(-1)).toEqual([])
    await security.rpc.accounts.grant.mutate({ account: officer.account, role: 'duty-officer', unit: null })
    await expect.poll(() => seen.at(-1)).toEqual(['duty-officer'])
    const [grant] = app.accounts.directory.grantsOf(officer.account)
    await security.rpc.accounts.revoke.mutate({ grant: grant!.id })
    await expect.poll(() => seen.at(-1)).toEqual([])
    controller.abort()
    await watching
  })
})

describe('sessions', () => {
  it('outlive a restart of the station, locked ones locked', async () => {
    const before = await openTestApp()
    const officer = await before.as('duty-officer')
    const other = await before.as('duty-officer')
    await other.rpc.accounts.lock.mutate()
    await before.stop()
    const after = await openTestApp({ directory: before.directory })
    expect((await after.client(officer.token).accounts.session.query()).person?.account).toBe(officer.account)
    expect(await after.client(other.token).accounts.session.query()).toMatchObject({ isLocked: true, person: { account: other.account } })
    await after.close()
  })
  it('change hands cleanly: the former person is signed out', async () => {
    const first = await app.as('duty-officer')
    const second = await app.as('duty-officer')
    await first.rpc.accounts.signIn.mutate({ login: second.login, password: goodPassword })
    expect(await actions(first.account)).toContain('accounts.signOut')
    expect((await first.rpc.accounts.session.query()).person?.account).toBe(second.account)
  })
})

describe('what is kept', () => {
  it('is never a password, a PIN or a verifier in the clear, nor any of them in the journal', async () => {
    const officer = await app.as('duty-officer')
    await officer.rpc.accounts.setPin.mutate({ password: goodPassword, pin: '97531864' })
    const secrets = JSON.stringify(await app.store.all('SELECT * FROM secret_accounts'))
    expect(secrets).not.toContain('scrypt')
    const journal = JSON.stringify(await app.store.all('SELECT action, body FROM journal'))
    for (const secret of [goodPassword, '97531864', 'Wrong-Pass-1!', 'nobody-here', 'scrypt']) expect(journal).not.toContain(secret)
    const machineKey = await readFile(join(app.directory, 'machine-key'), 'utf8')
    expect(secrets).not.toContain(machineKey)
  })
  it('writes a refused permission down once a minute', async () => {
    const officer = await app.as('duty-officer')
    for (let tries = 0; tries < 3; tries += 1) await officer.rpc.audit.chains.query().catch(() => undefined)
    await expect
      .poll(() => actions(officer.account).then((all) => all.filter((action) => action === 'accounts.refused')))
      .toEqual(['accounts.refused'])
  })
})

it('knows weak passwords', () => {
  expect(passwordProblem('Zhi-ban-2026!', 'zhiban')).toBeNull()
  expect(passwordProblem('值班员的密码Abc1234', 'x')).toBeNull()
  expect(passwordProblem('abcABC123', 'x')).toBe('too-short')
  expect(passwordProblem('abcdefghijkl', 'x')).toBe('too-few-classes')
  expect(passwordProblem('aA1aA1aA1aA1', 'x')).toBe('repeats')
})
