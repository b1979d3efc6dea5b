// Making accounts and granting roles: the first run, the three administrators, what nobody may do to herself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passwordProblem, type Role } from '../../contract/index.ts'
import { goodPassword, openTestApp, type TestApp } from '../../testing/app.ts'

const refused = (code: string, params: object = {}) =>
  expect.objectContaining({ data: expect.objectContaining({ code, params: expect.objectContaining(params) }) })
const member = (login: string, roles: Role[]) => ({ login, name: login, telephone: null, roles, unit: null })

describe('the first run', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await openTestApp()
  })
  afterAll(() => app.close())

  it('has no account and no default password', async () => {
    const { rpc } = await app.stranger()
    expect((await rpc.accounts.session.query()).setup).toMatchObject({ stage: 'first-account' })
    for (const login of ['admin', 'root', 'wanglou', 'zhiban'])
      await expect(rpc.accounts.signIn.mutate({ login, password: login })).rejects.toEqual(refused('WRONG_PASSWORD'))
  })
  it('wants a strong password', async () => {
    const { rpc } = await app.stranger()
    for (const [password, problem] of [
      ['Short-1', 'too-short'],
      ['alllowercase1', 'too-few-classes'],
      ['Xitong-2026!', 'contains-login'],
      ['Aa1!Aa1!Aa1!', 'repeats'],
    ] as const) {
      await expect(rpc.accounts.createFirst.mutate({ login: 'xitong', name: '赵', password })).rejects.toEqual(
        refused('PASSWORD_TOO_WEAK', { problem }),
      )
    }
  })
  it('makes exactly one first account, however many press the key together', async () => {
    const seats = await Promise.all(Array.from({ length: 5 }, () => app.stranger()))
    const answers = await Promise.allSettled(
      seats.map(({ rpc }, index) => rpc.accounts.createFirst.mutate({ login: `first-${index}`, name: '赵', password: goodPassword })),
    )
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toEqual(refused('SETUP_DONE'))
    expect(app.accounts.directory.all()).toHaveLength(1)
  })
  it('lets the first administrator name the team, and nobody after it is complete', async () => {
    const admin = await app.stranger()
    const login = app.accounts.directory.all()[0]?.login ?? ''
    await admin.rpc.accounts.signIn.mutate({ login, password: goodPassword })
    await expect(admin.rpc.accounts.addTeam.mutate({ members: [member('two-in-one', ['security-admin', 'audit-admin'])] })).rejects.toEqual(
      refused('ADMIN_ROLES_EXCLUSIVE'),
    )
    await expect(admin.rpc.accounts.addTeam.mutate({ members: [member(login, ['duty-officer'])] })).rejects.toEqual(refused('LOGIN_TAKEN', { login }))
    const slips = await admin.rpc.accounts.addTeam.mutate({ members: [member('zhiban', ['duty-officer'])] })
    expect((await admin.rpc.accounts.session.query()).setup).toEqual({ stage: 'team', missing: ['security-admin', 'audit-admin'] })
    await admin.rpc.accounts.addTeam.mutate({ members: [member('anquan', ['security-admin']), member('shenji', ['audit-admin'])] })
    expect((await admin.rpc.accounts.session.query()).setup.stage).toBe('done')
    await expect(admin.rpc.accounts.addTeam.mutate({ members: [member('late', ['duty-officer'])] })).rejects.toEqual(refused('SETUP_DONE'))

    const officer = await app.stranger()
    const first = slips[0]!
    expect(passwordProblem(first.password, first.login)).toBeNull()
    const state = await officer.rpc.accounts.signIn.mutate({ login: 'zhiban', password: first.password })
    expect(state.person).toMatchObject({ mustChangePassword: true, roles: ['duty-officer'] })
    await expect(officer.rpc.station.health.query()).rejects.toEqual(refused('PASSWORD_CHANGE_REQUIRED'))
    await expect(officer.rpc.accounts.changePassword.mutate({ current: first.password, next: first.password })).rejects.toEqual(
      refused('PASSWORD_TOO_WEAK', { problem: 'same' }),
    )
    await officer.rpc.accounts.changePassword.mutate({ current: first.password, next: goodPassword })
    expect((await officer.rpc.station.health.query()).versions.node).toBe(process.version)
  })
})

describe('administration', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await openTestApp()
  })
  afterAll(() => app.close())

  it('splits making and granting between two people, and grants nobody her own role', async () => {
    const admin = await app.as('system-admin')
    const security = await app.as('security-admin')
    const slip = await admin.rpc.accounts.create.mutate({ login: 'xin', name: '新人', telephone: null, unit: null })
    expect(slip.roles).toEqual([])
    await expect(admin.rpc.accounts.grant.mutate({ account: slip.account, role: 'duty-officer', unit: null })).rejects.toEqual(refused('FORBIDDEN'))
    await security.rpc.accounts.grant.mutate({ account: slip.account, role: 'duty-officer', unit: null })
    await expect(security.rpc.accounts.grant.mutate({ account: slip.account, role: 'duty-officer', unit: null })).rejects.toEqual(
      refused('DUPLICATE'),
    )
    await expect(security.rpc.accounts.grant.mutate({ account: security.account, role: 'duty-officer', unit: null })).rejects.toEqual(
      refused('SECOND_PERSON_REQUIRED'),
    )
    await expect(security.rpc.accounts.grant.mutate({ account: admin.account, role: 'audit-admin', unit: null })).rejects.toEqual(
      refused('ADMIN_ROLES_EXCLUSIVE'),
    )
    expect(app.accounts.directory.rolesOf(slip.account)).toEqual(['duty-officer'])
  })
  it('takes a role back at once, also from whoever is signed in', async () => {
    const security = await app.as('security-admin')
    const auditor = await app.as('audit-admin')
    await app.as('audit-admin')
    await auditor.rpc.audit.chains.query()
    const [grant] = app.accounts.directory.grantsOf(auditor.account)
    await security.rpc.accounts.revoke.mutate({ grant: grant!.id })
    await expect(auditor.rpc.audit.chains.query()).rejects.toEqual(refused('FORBIDDEN'))
  })
  it('never locks the last administrator out', async () => {
    const fresh = await openTestApp()
    const admin = await fresh.as('system-admin')
    const security = await fresh.as('security-admin')
    const [grant] = fresh.accounts.directory.grantsOf(admin.account)
    await expect(security.rpc.accounts.revoke.mutate({ grant: grant!.id })).rejects.toEqual(refused('LAST_ADMINISTRATOR', { role: 'system-admin' }))
    await expect(admin.rpc.accounts.setDisabled.mutate({ account: security.account, isDisabled: true })).rejects.toEqual(
      refused('LAST_ADMINISTRATOR'),
    )
    await expect(admin.rpc.accounts.setDisabled.mutate({ account: admin.account, isDisabled: true })).rejects.toEqual(
      refused('SECOND_PERSON_REQUIRED'),
    )
    await fresh.close()
  })
  it('signs a disabled person out everywhere and lets her in no more', async () => {
    const admin = await app.as('system-admin')
    const officer = await app.as('duty-officer')
    await officer.rpc.station.health.query()
    await admin.rpc.accounts.setDisabled.mutate({ account: officer.account, isDisabled: true })
    await expect(officer.rpc.station.health.query()).rejects.toEqual(refused('UNAUTHENTICATED'))
    await expect(officer.rpc.accounts.signIn.mutate({ login: officer.login, password: goodPassword })).rejects.toEqual(refused('WRONG_PASSWORD'))
    await admin.rpc.accounts.setDisabled.mutate({ account: officer.account, isDisabled: false })
    expect((await officer.rpc.accounts.signIn.mutate({ login: officer.login, password: goodPassword })).person?.account).toBe(officer.account)
  })
  it('resets a password to a one-time one and ends the sessions', async () => {
    const admin = await app.as('system-admin')
    const officer = await app.as('duty-officer')
    const slip = await admin.rpc.accounts.resetPassword.mutate({ account: officer.account })
    await expect(officer.rpc.station.health.query()).rejects.toEqual(refused('UNAUTHENTICATED'))
    await expect(officer.rpc.accounts.signIn.mutate({ login: officer.login, password: goodPassword })).rejects.toEqual(refused('WRONG_PASSWORD'))
    expect((await officer.rpc.accounts.signIn.mutate({ login: officer.login, password: slip.password })).person?.mustChangePassword).toBe(true)
  })
  it('refuses malformed text and logins', async () => {
    const admin = await app.as('system-admin')
    for (const login of ['a', 'with space', 'x'.repeat(33), 'nul\0l', '\ud800x', "x'; DROP"]) {
      await expect(admin.rpc.accounts.create.mutate({ login, name: 'x', telephone: null, unit: null }), login).rejects.toEqual(
        refused('INVALID_INPUT'),
      )
    }
    await expect(admin.rpc.accounts.create.mutate({ login: 'fine', name: 'a\0b', telephone: null, unit: null })).rejects.toEqual(
      refused('INVALID_INPUT'),
    )
  })
})

describe('what a grant covers', () => {
  it('is the unit and what is below it, never what is above or beside', async () => {
    const app = await openTestApp()
    const [province, city, county, other] = Array.from({ length: 4 }, () => crypto.randomUUID())
    const unit = (row: string, superior: string | null) => ({ dataset: 'units', row, set: { name: row, superior } })
    await app.journal.write({
      actor: 'station',
      action: 'areas.units',
      subject: { dataset: 'units', row: province! },
      rows: [unit(province!, null), unit(city!, province!), unit(county!, city!), unit(other!, province!)],
    })
    const { account } = await app.as()
    await app.journal.write({
      actor: 'station',
      action: 'accounts.grant',
      subject: { dataset: 'accounts', row: account },
      rows: [{ dataset: 'grants', row: crypto.randomUUID(), set: { account, role: 'duty-officer', unit: city! } }],
    })
    await app.accounts.directory.reload()
    const can = (over: string | null) => app.accounts.directory.can(account, 'incidents.write', over)
    await expect.poll(() => can(county!)).toBe(true)
    expect([can(city!), can(null), can(province!), can(other!), can(crypto.randomUUID())]).toEqual([true, true, false, false, false])
    await app.close()
  })
})
