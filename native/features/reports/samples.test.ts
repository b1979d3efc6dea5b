// The sample reports of the shipped pack: a closed incident has its reports, one a whole course; none can be sent, none takes a number of the centre.
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkWording } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'
import { incidentActs, SampleIncidents } from '../packs/sample-incidents.ts'
import { intake, officer } from '../incidents/testing.ts'
import { openReports, type ReportsStation } from './testing/station.ts'
import { wordsOf } from './testing/docx.ts'

const pack = (file: string) => readFile(new URL(`../../../resources/packs/shaanxi/${file}`, import.meta.url), 'utf8')
const options = { source: 'pack:shaanxi', now: Date.now() }
let station: ReportsStation
beforeEach(async () => {
  station = await openReports()
  const incidents = SampleIncidents.parse(JSON.parse(await pack('incidents.json')))
  await station.journal.writeAll(incidents.flatMap((one) => incidentActs(one, options)))
  await station.reports.loadSample(await pack('reports.json'), options)
})
afterEach(() => station.close())

const all = { query: '', incident: null, kind: null, state: null, limit: 1000 } as const

test('at least 30 closed incidents have reports, signed, sent and signed for; what waits is nobody’s', async () => {
  const reports = await station.reports.service.list(all)
  expect(new Set(reports.map((one) => one.incident)).size).toBeGreaterThanOrEqual(30)
  expect(new Set(reports.map((one) => one.state))).toEqual(new Set(['receipted']))
  expect(reports.every((one) => one.isSample && one.serial !== null)).toBe(true)
  expect(await station.reports.openMatters()).toEqual([])
  expect(await station.reports.evidence(null)).toEqual([])
})

test('one goes 首报, 续报一, 续报二, 终报, and a figure in it is corrected downward', async () => {
  const incident = importedId('incidents', options.source, 'followed-1')
  const course = (await station.reports.service.list({ ...all, incident })).reverse()
  expect(course.map((one) => one.name)).toEqual(['首报', '续报一', '续报二', '终报'])
  const corrected = await station.reports.service.get(course[2]?.id ?? '')
  expect(corrected.fields.正文.join('')).toContain('送医 6 人（此前 9 人有误，予以更正）')
})

test('none can be sent; the first real signature takes number 1', async () => {
  const [sample] = await station.reports.service.list({ ...all, kind: 'first' })
  await expect(station.reports.sends.send(station.sendInput(sample?.id ?? ''), officer)).rejects.toMatchObject({ code: 'SAMPLE_RECORD' })
  const { blob } = await station.reports.exports.export(sample?.id ?? '', officer)
  const document = await readFile(station.blobs.pathOf(blob))
  expect(wordsOf(document)).toContain('签发人：样例甲（带班领导）')
  expect(wordsOf(document, 'word/header1.xml')).not.toContain('拟稿')
  const input = intake()
  await station.incidents.report(input, officer)
  const id = await station.draft('first', input.id)
  await station.sign(id)
  expect((await station.reports.service.get(id)).serial).toBe(1)
})

test('no cause, blame or name stands in them', async () => {
  for (const { id } of await station.reports.service.list(all)) {
    const { kind, fields } = await station.reports.service.get(id)
    const grave = checkWording(kind, fields).filter((one) => ['cause', 'name', 'identity', 'death', 'blank'].includes(one.kind))
    expect(grave.map((one) => one.words)).toEqual([])
  }
})
