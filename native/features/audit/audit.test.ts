// The audit list is the journal: what was done stands there, a changed byte is found, the export is harmless and an entry itself.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NOT_CLASSIFIED_NOTICE } from '../../contract/index.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import { csvLine } from './csv.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const everything = { from: null, to: null, actor: null, action: null, before: null, limit: 100 }

it('lists newest first, by page, and filters by who, what and when', async () => {
  const auditor = await app.as('audit-admin')
  const officer = await app.as('duty-officer')
  const rows = await auditor.rpc.audit.page.query(everything)
  expect(rows[0]).toMatchObject({ action: 'accounts.signIn', actor: officer.account, actorName: officer.login, cells: 0 })
  expect(rows.map((row) => row.arrival)).toEqual(rows.map((row) => row.arrival).sort((a, b) => b - a))
  const next = await auditor.rpc.audit.page.query({ ...everything, limit: 3 })
  const after = await auditor.rpc.audit.page.query({ ...everything, limit: 3, before: next[2]!.arrival })
  expect([...next, ...after].map((row) => row.entry)).toEqual(rows.slice(0, 6).map((row) => row.entry))
  const signIns = await auditor.rpc.audit.page.query({ ...everything, action: 'accounts.signIn', actor: officer.account })
  expect(signIns).toHaveLength(1)
  expect(await auditor.rpc.audit.page.query({ ...everything, action: 'accounts.%' })).toEqual([])
  expect(await auditor.rpc.audit.page.query({ ...everything, from: Date.now() + 60_000 })).toEqual([])
})

it('exports with the notice on top, nothing a spreadsheet would run, and writes the export down', async () => {
  const auditor = await app.as('audit-admin')
  const ask = () => fetch(`${app.door.origin}/exports/audit.csv?action=accounts.`, { headers: { Authorization: `Bearer ${auditor.token}` } })
  const answer = await ask()
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = new TextDecoder().decode(bytes).split('\r\n')
  expect(lines[0]).toBe(NOT_CLASSIFIED_NOTICE)
  expect(lines.length).toBeGreaterThan(5)
  expect(await (await ask()).text()).toContain('accounts.export')
  const officer = await app.as('duty-officer')
  expect((await fetch(`${app.door.origin}/exports/audit.csv`, { headers: { Authorization: `Bearer ${officer.token}` } })).status).toBe(403)
  expect((await fetch(`${app.door.origin}/exports/audit.csv?from=abc`, { headers: { Authorization: `Bearer ${auditor.token}` } })).status).toBe(400)
})

it('makes a formula plain text', () => {
  expect(csvLine(['=1+1', '+86', '-2', '@x', '\tx', 'a,b', 'say "x"', -3])).toBe('\'=1+1,\'+86,\'-2,\'@x,\'\tx,"a,b","say ""x""",-3\r\n')
})

it('finds one changed letter in an entry and names it', async () => {
  const own = await openTestApp()
  const auditor = await own.as('audit-admin')
  expect(await auditor.rpc.audit.chains.query()).toBeNull()
  const before = await auditor.rpc.audit.verify.mutate()
  expect(before).toMatchObject({ isVerified: true, problems: [] })
  expect(before.entries).toBe(await own.journal.length())
  const [victim] = await auditor.rpc.audit.page.query({ ...everything, action: 'accounts.create' })
  await own.store.write((tx) => tx.run("UPDATE journal SET body = replace(body, 'person', 'parson') WHERE arrival = ?", [victim!.arrival]))
  const after = await auditor.rpc.audit.verify.mutate()
  expect(after).toMatchObject({ isVerified: false, problems: [{ kind: 'body', name: victim!.entry }] })
  expect(await auditor.rpc.audit.chains.query()).toEqual(after)
  await own.close()
})
