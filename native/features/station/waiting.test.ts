// Entries that wait are listed for those who administer and those who audit; the system administrator lets them in, and it stands in the audit list.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'

const hourMs = 3_600_000
let app: TestApp
let other: TestStation
beforeEach(async () => {
  app = await openTestApp()
  other = await openTestStation({ now: () => Date.now() + 30 * hourMs })
  await app.journal.trust({ station: other.journal.station, publicKey: other.journal.publicKey, certifiedBy: null })
})
afterEach(async () => {
  await app.close()
  await other.close()
})

/** A resource written by a console whose clock is 30 hours ahead, as it comes here. */
async function comesAhead(name: string): Promise<void> {
  const row = newId()
  const set = { kind: 'team', name }
  await other.journal.write({
    actor: 'somebody',
    action: 'resources.write',
    subject: { dataset: 'resources', row },
    rows: [{ dataset: 'resources', row, set }],
  })
  const held = (await app.journal.heads()).find((head) => head.station === other.journal.station)?.seq ?? 0
  await app.journal.apply([await other.journal.sealedBatch({ scope: 'centre:local', after: held })])
}
const names = async () => (await app.store.all<{ name: string }>('SELECT name FROM resources ORDER BY name')).map((row) => row.name)

it('names what waits and why, never what it says; who lets it in stands in the audit list', async () => {
  await comesAhead('样例一队')
  await comesAhead('样例二队')
  const admin = await app.as('system-admin')
  const auditor = await app.as('audit-admin')
  const list = await auditor.rpc.station.waiting.query()
  expect(list).toMatchObject({
    total: 2,
    forks: [],
    items: [
      { station: other.journal.station, reason: 'ahead', action: 'resources.write', dataset: 'resources', who: null },
      { station: other.journal.station, reason: 'ahead' },
    ],
  })
  expect(list.items[0]?.aheadMs).toBeGreaterThan(29 * hourMs)
  expect(JSON.stringify(list)).not.toContain('样例')
  expect(await names()).toEqual([])

  const entries = list.items.map((item) => item.entry).slice(0, 1)
  await expect(auditor.rpc.station.letIn.mutate({ entries, reason: 'telephoned' })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } })
  await expect(admin.rpc.station.letIn.mutate({ entries, reason: '  ' })).rejects.toMatchObject({ data: { code: 'REASON_REQUIRED' } })
  expect(await admin.rpc.station.letIn.mutate({ entries, reason: '已电话核实，对方时钟错了' })).toBe(1)
  expect(await names()).toEqual(['样例一队'])
  expect((await admin.rpc.station.waiting.query()).total).toBe(1)
  await expect(admin.rpc.station.letIn.mutate({ entries, reason: 'again' })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })

  const [line] = await auditor.rpc.audit.page.query({ from: null, to: null, actor: null, action: 'journal.', before: null, limit: 10 })
  expect(line).toMatchObject({
    action: 'journal.letIn',
    actorName: admin.login,
    subject: { dataset: 'resources' },
    note: { reason: '已电话核实，对方时钟错了', entries },
  })
})

it('refuses what is no identity of an entry', async () => {
  const admin = await app.as('system-admin')
  const letIn = admin.rpc.station.letIn.mutate({ entries: ['nothing' as `${string}/${string}/${number}`], reason: 'x' })
  await expect(letIn).rejects.toMatchObject({ data: { code: 'INVALID_INPUT' } })
})
