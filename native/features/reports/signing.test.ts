// The life of a report on a real store: 审核, 签发, 退回, 补签; what is signed is frozen; 期号 follow one another without a gap.
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importedId, newId } from '../../kernel/ids.ts'
import { intake, leader, officer, said } from '../incidents/testing.ts'
import { openReports, type ReportsStation, watchLeader } from './testing/station.ts'
import { wordsOf } from './testing/docx.ts'

let station: ReportsStation
let incident: string
beforeEach(async () => {
  station = await openReports()
  const input = intake({ statements: [said('hospitalised', 2, '县卫健局')] })
  incident = input.id
  await station.incidents.report(input, officer)
})
afterEach(() => station.close())

describe('签发', () => {
  test('in person: number, signer and hash in the entry, the document says them, and the text never changes again', async () => {
    const id = await station.draft('first', incident)
    expect(await station.reports.service.get(id)).toMatchObject({ state: 'drafted', serial: null, name: '首报' })
    await station.reports.signing.submit(id, '', officer)
    await station.sign(id)
    const signed = await station.reports.service.get(id)
    expect(signed).toMatchObject({ state: 'signed', serial: 1, needsCountersign: null })
    const step = signed.steps.find((one) => one.step === 'sign')
    expect(step).toMatchObject({
      way: 'in-person',
      signer: watchLeader.account,
      signerName: watchLeader.name,
      hash: signed.fieldsHash,
      blob: signed.blob,
    })
    const entry = (await station.journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })).at(-1)
    expect(entry).toMatchObject({ action: 'reports.sign', note: { hash: signed.fieldsHash, blob: signed.blob, serial: 1 } })
    const document = await readFile(station.blobs.pathOf(signed.blob ?? ''))
    const words = wordsOf(document)
    expect(words).toContain('第　1　期')
    expect(words).toContain(`签发人：${watchLeader.name}`)
    expect(wordsOf(document, 'word/header1.xml')).not.toContain('拟稿')
    await expect(station.edit(id, { 标题: '改过的标题' })).rejects.toMatchObject({ code: 'REPORT_FROZEN' })
    await expect(station.sign(id)).rejects.toMatchObject({ code: 'REPORT_FROZEN' })
    await expect(station.reports.signing.discard(id, '', officer)).rejects.toMatchObject({ code: 'REPORT_FROZEN' })
    await expect(station.reports.service.refresh(id, officer)).rejects.toMatchObject({ code: 'REPORT_FROZEN' })
  })

  test('a field written past the rules, as by a console that was cut off, does not reach the signed text', async () => {
    const id = await station.draft('first', incident)
    await station.sign(id)
    const before = await station.reports.service.get(id)
    await station.journal.write({
      actor: officer.account,
      action: 'reports.edit',
      subject: { dataset: 'incidents', row: incident },
      rows: [{ dataset: 'reportFields', row: importedId('reportFields', id, '标题'), set: { report: id, name: '标题', value: '偷改的标题' } }],
    })
    const after = await station.reports.service.get(id)
    expect(after.fields).toEqual(before.fields)
    expect(after.fieldsHash).toBe(before.steps.find((step) => step.step === 'sign')?.hash)
  })

  test('what the signer has not read is not signed', async () => {
    const id = await station.draft('first', incident)
    const read = await station.readAs(id)
    await station.edit(id, { 主送: '样例市委总值班室' })
    await expect(station.reports.signing.signInPerson(read, watchLeader)).rejects.toMatchObject({ code: 'REPORT_CHANGED' })
    await station.sign(id)
  })

  test('by telephone: who, when, whose telephone; 补签 waits for that person alone until it is done', async () => {
    const id = await station.draft('first', incident)
    const at = { at: Date.now() - 60_000, precision: 'exact' as const, source: officer.name }
    await station.reports.signing.signByTelephone(
      { ...(await station.readAs(id)), signer: watchLeader.account, signerName: watchLeader.name, number: '0913-0100009', at, words: '同意，报' },
      officer,
    )
    const signed = await station.reports.service.get(id)
    expect(signed.needsCountersign).toMatchObject({ signer: watchLeader.account, signerName: watchLeader.name })
    expect(signed.steps.at(-1)).toMatchObject({ way: 'telephone', number: '0913-0100009', byName: officer.name, at, words: '同意，报' })
    expect(wordsOf(await readFile(station.blobs.pathOf(signed.blob ?? '')))).toContain(`${watchLeader.name}（电话授权）`)
    await expect(station.reports.signing.countersign(id, '', leader)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await station.reports.openMatters()).map((one) => one.detail)).toContain(`电话授权签发，${watchLeader.name}未补签`)
    await station.reports.signing.countersign(id, '', watchLeader)
    expect((await station.reports.service.get(id)).needsCountersign).toBeNull()
    await expect(station.reports.signing.countersign(id, '', watchLeader)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
  })

  test('a 终报 is reviewed by somebody else first; 退回 carries its words and sends it back to be written', async () => {
    const id = await station.draft('final', incident)
    await expect(station.sign(id)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
    await station.reports.signing.submit(id, '', officer)
    await expect(station.reports.signing.review(id, '', officer)).rejects.toMatchObject({ code: 'SECOND_PERSON_REQUIRED' })
    await expect(station.reports.signing.giveBack(id, ' ', leader)).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
    await station.reports.signing.giveBack(id, '写明疏散人数', leader)
    expect(await station.reports.service.get(id)).toMatchObject({ state: 'drafted', returned: { byName: leader.name, words: '写明疏散人数' } })
    await station.edit(id, { 主送: '样例省应急管理厅' })
    await station.reports.signing.submit(id, '', officer)
    await station.reports.signing.review(id, '', leader)
    await station.sign(id)
    expect(await station.reports.service.get(id)).toMatchObject({ state: 'signed', returned: null })
  })

  test('wording warnings hold it until each is answered with a reason, which is kept', async () => {
    const id = await station.draft('first', incident)
    await station.edit(id, { 正文: ['事故原因是操作工违章作业。'] })
    const { seen } = await station.readAs(id)
    await expect(station.reports.signing.signInPerson({ report: id, seen, overrides: [] }, watchLeader)).rejects.toMatchObject({
      code: 'WORDING_UNANSWERED',
      params: { count: 1 },
    })
    await station.sign(id)
    expect((await station.reports.service.get(id)).steps.at(-1)?.overrides).toMatchObject([{ kind: 'cause', reason: '已核对' }])
  })

  test('a paper without its text or its unit is named, not signed', async () => {
    const id = await station.draft('first', incident)
    await station.edit(id, { 正文: [], 报送单位: '' })
    await expect(station.sign(id)).rejects.toMatchObject({ code: 'REPORT_INCOMPLETE', params: { fields: '报送单位、正文' } })
  })

  test('only those the centre names may sign a kind, when it names any', async () => {
    const { writeSettings } = await import('./settings.ts')
    const { ReportSettings } = await import('../../contract/index.ts')
    await writeSettings(station.journal, ReportSettings.parse({ signers: { first: [leader.account] } }), officer)
    const id = await station.draft('first', incident)
    await expect(station.sign(id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await station.reports.signing.signInPerson(await station.readAs(id), leader)
    await expect(writeSettings(station.journal, ReportSettings.parse({ paths: { first: 'spoken' } }), officer)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  test('a correction is a report of its own that names the old one; the old text stays', async () => {
    const id = await station.draft('first', incident)
    await expect(station.draft('first', incident, { corrects: id })).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
    await station.sign(id)
    const old = await station.reports.service.get(id)
    const fresh = await station.draft('first', incident, { corrects: id })
    await station.edit(fresh, { 正文: ['送医1人（据县卫健局，截至14时30分，已核实），此前所报2人有误，予以更正。'] })
    await station.sign(fresh)
    expect(await station.reports.service.get(fresh)).toMatchObject({ name: '更正·首报', corrects: id, serial: 2 })
    expect(await station.reports.service.get(id)).toMatchObject({ correctedBy: fresh, fields: old.fields, blob: old.blob })
  })
})

describe('期号', () => {
  test('10 parallel signatures take 10 consecutive numbers', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => station.draft('bulletin', incident)))
    await Promise.all(ids.map((id) => station.sign(id)))
    const serials = await Promise.all(ids.map(async (id) => (await station.reports.service.get(id)).serial ?? 0))
    expect(serials.sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, at) => at + 1))
  }, 180_000)

  test('a signature that fails leaves no gap, whether it is refused before or inside the transaction', async () => {
    const first = await station.draft('bulletin', incident)
    await station.sign(first)
    const failing = await station.draft('bulletin', incident)
    const read = await station.readAs(failing)
    await station.edit(failing, { 正文: [] })
    await expect(station.sign(failing)).rejects.toMatchObject({ code: 'REPORT_INCOMPLETE' })
    await station.edit(failing, { 正文: ['情况正在核实。'] })
    // Another console writes between the making of the document and the transaction.
    const make = station.reports.documents.make.bind(station.reports.documents)
    station.reports.documents.make = async (facts) => {
      const made = await make(facts)
      await station.edit(failing, { 主送: `样例单位 ${newId()}` })
      return made
    }
    await expect(station.sign(failing)).rejects.toMatchObject({ code: 'REPORT_CHANGED' })
    station.reports.documents.make = make
    await expect(station.reports.signing.signInPerson(read, watchLeader)).rejects.toMatchObject({ code: 'REPORT_CHANGED' })
    const last = await station.draft('bulletin', incident)
    await station.sign(last)
    expect((await station.reports.service.get(last)).serial).toBe(2)
    expect((await station.reports.service.get(failing)).serial).toBeNull()
  })

  test('each kind and each year counts by itself; a new block follows a full one', async () => {
    const bulletin = await station.draft('bulletin', incident)
    const first = await station.draft('first', incident)
    await station.sign(bulletin)
    await station.sign(first)
    expect([(await station.reports.service.get(bulletin)).serial, (await station.reports.service.get(first)).serial]).toEqual([1, 1])
    const { nextSerial, seriesOf } = await import('./numbering.ts')
    expect(seriesOf('first', Date.parse('2026-12-31T17:00:00Z'))).toBe('reports/first/2027')
    await station.journal.write({
      actor: 'station',
      action: 'numbers.reserve',
      subject: { dataset: 'numberBlocks', row: newId() },
      rows: [
        { dataset: 'numberBlocks', row: newId(), set: { series: 'reports/x/2026', first: 4, last: 5, station: station.journal.station } },
        { dataset: 'numberBlocks', row: newId(), set: { series: 'reports/x/2026', first: 9, last: 12, station: station.journal.station } },
        { dataset: 'numberBlocks', row: newId(), set: { series: 'reports/x/2026', first: 6, last: 8, station: newId() } },
      ],
    })
    const taken: (number | null)[] = []
    for (let n = 0; n < 4; n += 1) {
      const serial = await nextSerial(station.store, 'reports/x/2026', station.journal.station)
      taken.push(serial)
      await station.journal.write({
        actor: 'station',
        action: 'reports.sign',
        subject: { dataset: 'incidents', row: incident },
        rows: [{ dataset: 'reportSteps', row: newId(), set: { step: 'sign', series: 'reports/x/2026', serial } }],
      })
    }
    expect(taken).toEqual([4, 5, 9, 10])
  })
})

test('while two consoles’ words for a field wait for a decision nothing is signed', async () => {
  const other = await openReports()
  try {
    for (const [one, two] of [
      [station, other],
      [other, station],
    ] as const)
      await one.journal.trust({ station: two.journal.station, publicKey: two.journal.publicKey, certifiedBy: null })
    const id = await station.draft('first', incident)
    const carry = async (from: ReportsStation, to: ReportsStation) => {
      const batch = await from.journal.sealedBatch({ scope: 'centre:local', after: 0 })
      await to.journal.apply(batch === null ? [] : [batch])
    }
    await carry(station, other)
    await station.edit(id, { 主送: '样例省应急管理厅' })
    await other.edit(id, { 主送: '样例市委总值班室' })
    await carry(other, station)
    await expect(station.sign(id)).rejects.toMatchObject({ code: 'CELL_IN_CONFLICT' })
    expect((await station.reports.service.get(id)).serial).toBeNull()
  } finally {
    await other.close()
  }
})
