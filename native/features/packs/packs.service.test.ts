// A pack is loaded from a folder and from a zip, reports what failed, and its samples go in one act.
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { datasets } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation } from '../../testing/station.ts'
import { samples } from '../../samples.ts'
import { PacksService } from './packs.service.ts'

const shipped = path.resolve(import.meta.dirname, '../../../resources/packs/shaanxi')
let station: Awaited<ReturnType<typeof openTestStation>>
let scratch: string

beforeEach(async () => {
  station = await openTestStation()
  scratch = await mkdtemp(path.join(tmpdir(), 'wanglou-packs-'))
})
afterEach(async () => {
  await station.close()
  await rm(scratch, { recursive: true, force: true })
})

function service(refusing: string | null = null) {
  const ledgers: string[] = []
  const plans: string[] = []
  const packs = new PacksService({
    ...station,
    samples,
    shippedPlans: path.join(scratch, 'no-plans'),
    log: pino({ level: 'silent' }),
    ports: {
      importLedger: (options) => {
        if (options.fileName === refusing) return Promise.reject(new Error('refused on purpose'))
        ledgers.push(options.fileName)
        return Promise.resolve({ loaded: options.text.split('\r\n').length - 2, refused: 0 })
      },
      importPlan: ({ fileName }) => {
        plans.push(fileName)
        return Promise.resolve()
      },
      rooms: {},
    },
  })
  return { packs, ledgers, plans }
}

/** The shipped pack with a folder of plans of its own. */
async function copyOfShipped(): Promise<string> {
  const folder = path.join(scratch, 'pack')
  await cp(shipped, folder, { recursive: true })
  await mkdir(path.join(folder, 'plans'))
  await writeFile(path.join(folder, 'plans/one.md'), '# 样例预案\n')
  return folder
}

const count = async (table: string) => (await station.store.get<{ n: number }>(`SELECT count(*) AS n FROM "${table}" WHERE _deleted = 0`))?.n

describe('PacksService', () => {
  it('loads areas, outlines, units, incidents, ledgers and plans, and says how many', async () => {
    const { packs, ledgers, plans } = service()
    const pack = await packs.load({ location: await copyOfShipped(), actor: 'station', withSample: true })
    expect(await count('areas')).toBe(118)
    expect(await count('areaBoundaries')).toBe(11)
    expect(await count('units')).toBe(137)
    expect(await count('incidents')).toBe(37)
    expect(ledgers).toHaveLength(9)
    expect(plans).toEqual(['one.md'])
    expect(pack.report['areas.csv']).toEqual({ loaded: 118, refused: 0 })
    expect(pack.hasSample).toBe(true)
    expect(await packs.isFirstRun()).toBe(false)
  })

  it('keeps out of the way of the rest when one part fails', async () => {
    const { packs, ledgers } = service('teams.csv')
    const pack = await packs.load({ location: await copyOfShipped(), actor: 'station', withSample: true })
    expect(pack.report['ledgers/teams.csv']).toEqual({ loaded: 0, refused: 1 })
    expect(ledgers).toContain('stock.csv')
  })

  it('takes the same pack as a zip of its folder', async () => {
    await copyOfShipped()
    const zip = path.join(scratch, 'pack.zip')
    execFileSync('python3', ['-m', 'zipfile', '-c', zip, 'pack/'], { cwd: scratch })
    const { packs, ledgers } = service()
    await packs.load({ location: zip, actor: 'station', withSample: true })
    expect(await count('areas')).toBe(118)
    expect(ledgers).toHaveLength(9)
  })

  it('leaves the reference data when the samples are removed', async () => {
    const { packs } = service()
    const pack = await packs.load({ location: await copyOfShipped(), actor: 'station', withSample: true })
    await packs.removeSample({ pack: pack.id, actor: 'somebody' })
    expect(await count('areas')).toBe(118)
    for (const table of ['units', 'incidents', 'incidentReports', 'incidentStatements']) expect(await count(table), table).toBe(0)
    expect((await packs.list())[0]?.hasSample).toBe(false)
  })

  it('takes what a person hung on a sample with it, frees the real team it held, and leaves all else', async () => {
    const { packs } = service()
    const pack = await packs.load({ location: await copyOfShipped(), actor: 'station', withSample: true })
    const incident = (await station.store.get<{ id: string }>('SELECT id FROM incidents WHERE isSample = 1 LIMIT 1'))?.id ?? ''
    const [real, team, task, other] = [newId(), newId(), newId(), newId()]
    const row = (dataset: string, id: string, set: Record<string, string | boolean>) => ({ dataset, row: id, set })
    await station.journal.write({
      actor: 'officer',
      action: 'tasks.issued',
      subject: { dataset: 'incidents', row: incident },
      rows: [
        row('incidents', real, { title: '真事', isSample: false }),
        row('resources', team, { kind: 'team', name: '真队伍', isSample: false }),
        row('tasks', task, { incident, unit: '真队伍' }),
        row('taskStates', newId(), { task, incident, state: 'issued' }),
        row('tasks', other, { incident: real, unit: '真队伍' }),
        row('reservations', newId(), { resource: team, incident, state: 'reserved' }),
        row('drawings', newId(), { incident, name: '警戒线' }),
      ],
    })
    await packs.removeSample({ pack: pack.id, actor: 'somebody' })
    expect(await station.store.all('SELECT id FROM tasks WHERE _deleted = 0')).toEqual([{ id: other }])
    for (const table of ['taskStates', 'reservations', 'drawings']) expect(await count(table), table).toBe(0)
    expect(await station.store.all('SELECT id FROM incidents WHERE _deleted = 0')).toEqual([{ id: real }])
    expect(await count('resources')).toBe(1)
  })

  it('knows every table that marks samples or belongs to an incident', () => {
    const known = new Map(samples.map((table) => [table.dataset, table]))
    for (const [dataset, { columns }] of Object.entries(datasets)) {
      if ('isSample' in columns) expect(known.get(dataset)?.isMarked, dataset).toBe(true)
      if (columns['incident']?.type !== 'id') continue
      const goes = known.get(dataset)?.hangsOn.map((on) => on.dataset) ?? []
      expect(
        goes.some((on) => on === 'incidents' || on === 'tasks' || on === 'resources'),
        dataset,
      ).toBe(true)
    }
  })

  it('brings no sample without being asked to', async () => {
    const { packs, ledgers } = service()
    const pack = await packs.load({ location: await copyOfShipped(), actor: 'station', withSample: false })
    expect(pack.hasSample).toBe(false)
    expect(await count('areas')).toBe(118)
    expect(await count('incidents')).toBe(0)
    expect(ledgers).toEqual([])
  })

  it('refuses what is no pack in words of the closed list', async () => {
    const { packs } = service()
    const load = (location: string) => packs.load({ location, actor: 'station', withSample: true })
    await expect(load(path.join(scratch, 'absent'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await writeFile(path.join(scratch, 'empty.zip'), '')
    await expect(load(path.join(scratch, 'empty.zip'))).rejects.toMatchObject({ code: 'FILE_EMPTY' })
    await writeFile(path.join(scratch, 'words.zip'), 'this is no archive')
    await expect(load(path.join(scratch, 'words.zip'))).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
    await mkdir(path.join(scratch, 'broken'))
    await writeFile(path.join(scratch, 'broken/pack.json'), '{')
    await expect(load(path.join(scratch, 'broken'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    const manifest = JSON.parse(await readFile(path.join(shipped, 'pack.json'), 'utf8')) as { reference: { areas: string } }
    manifest.reference.areas = '../../secret.csv'
    await writeFile(path.join(scratch, 'broken/pack.json'), JSON.stringify(manifest))
    await expect(load(path.join(scratch, 'broken'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})
