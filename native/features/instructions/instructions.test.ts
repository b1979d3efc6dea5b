// 批示 from the first word to 办结: linked, fed back, edited by two consoles, handed over, told to other rooms.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AddInstructionInput } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { at, intake, leader, officer, openIncidents } from '../incidents/testing.ts'
import { Instructions } from './instructions.feature.ts'

let station: Awaited<ReturnType<typeof openIncidents>>
let instructions: Instructions
beforeEach(async () => {
  station = await openIncidents()
  instructions = new Instructions(station)
})
afterEach(() => station.close())

const given = (over: Partial<AddInstructionInput> = {}): AddInstructionInput => ({
  id: newId(),
  incident: null,
  report: null,
  task: null,
  leader: '样例乙',
  post: '市领导',
  givenAt: at(30),
  way: 'written',
  words: '全力救治伤员，查清原因，举一反三。明日下班前报。',
  owner: '',
  dueAt: Date.now() + 3_600_000,
  photos: [],
  ...over,
})
async function reported(): Promise<string> {
  const input = intake()
  await station.incidents.report(input, officer)
  return input.id
}

describe('a 批示', () => {
  test('of an incident stands on its time line, is handed over until done, and told to other rooms', async () => {
    const incident = await reported()
    const input = given({ incident })
    await instructions.service.add(input, officer)
    await instructions.service.feedback(
      { id: newId(), instruction: input.id, words: '已布置排查', who: '危化科（样例）', happenedAt: at(10) },
      officer,
    )
    const [matter] = await instructions.openMatters()
    expect(matter).toMatchObject({ id: `instruction:${input.id}`, kind: 'instruction', detail: '未定承办；已布置排查', dueAt: input.dueAt })
    expect(await instructions.service.facts(incident)).toEqual([
      { id: input.id, incident, from: '样例乙（市领导）', words: input.words, owner: '', dueAt: input.dueAt, isDone: false },
    ])
    await instructions.service.close({ id: input.id, isDone: true, words: '排查 41 家，已报市政府', happenedAt: at(1) }, officer)
    expect(await instructions.openMatters()).toEqual([])
    expect(await instructions.service.get(input.id)).toMatchObject({
      isDone: true,
      closedWords: '排查 41 家，已报市政府',
      closedByName: officer.name,
    })
    expect((await station.timelines.of(incident)).map(({ action }) => action).filter((action) => action.startsWith('instructions.'))).toEqual([
      'instructions.add',
      'instructions.feedback',
      'instructions.close',
    ])
    await expect(instructions.service.close({ id: input.id, isDone: true, words: '再办结', happenedAt: at(0) }, officer)).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
    })
    await instructions.service.close({ id: input.id, isDone: false, words: '领导要求补充', happenedAt: at(0) }, leader)
    expect(await instructions.openMatters()).toHaveLength(1)
  })

  test('of no incident is its own subject; links to nothing, moments to come, marked words and repeats are refused', async () => {
    const input = given()
    await instructions.service.add(input, officer)
    await expect(instructions.service.add(input, officer)).rejects.toMatchObject({ code: 'DUPLICATE' })
    const refused = async (over: Partial<AddInstructionInput>) => instructions.service.add(given(over), officer)
    await expect(refused({ incident: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(refused({ task: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(refused({ givenAt: { ...at(0), at: Date.now() + 3_600_000 } })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(refused({ words: '机密★20年' })).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
    await expect(refused({ photos: [{ sha256: '0'.repeat(64), name: 'a.jpg', sizeBytes: 1, mime: 'image/jpeg' }] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await instructions.service.list({ incident: null, isOpen: true })).toHaveLength(1)
  })

  test('two consoles on one field: the second is told what stands there; other fields go through', async () => {
    const input = given()
    await instructions.service.add(input, officer)
    await instructions.service.edit({ id: input.id, set: { owner: '危化科（样例）' }, seen: { owner: '' }, reason: '' }, officer)
    const late = instructions.service.edit({ id: input.id, set: { owner: '救灾科（样例）' }, seen: { owner: '' }, reason: '' }, leader)
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', params: { field: 'owner', theirs: '"危化科（样例）"' } })
    await instructions.service.edit({ id: input.id, set: { dueAt: null }, seen: { dueAt: input.dueAt }, reason: '领导同意延期' }, leader)
    expect(await instructions.service.get(input.id)).toMatchObject({ owner: '危化科（样例）', dueAt: null })
  })

  test('a photo of the handwriting is kept with it', async () => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('handwriting')
    }
    const { sha256, size } = await station.blobs.put(bytes(), { limitBytes: 1e6 })
    const photo = { sha256, name: '批示.jpg', sizeBytes: size, mime: 'image/jpeg' }
    const input = given({ photos: [photo] })
    await instructions.service.add(input, officer)
    await instructions.service.addPhoto({ instruction: input.id, photo: { ...photo, name: '背面.jpg' } }, officer)
    expect((await instructions.service.get(input.id)).photos.map(({ name }) => name)).toEqual(['批示.jpg', '背面.jpg'])
  })

  test('what was merged brings its 批示 along', async () => {
    const [first, second] = [await reported(), await reported()]
    await instructions.service.add(given({ incident: first }), officer)
    await station.merges.merge({ incident: first, into: second, words: '同一起' }, officer)
    expect(await instructions.service.list({ incident: second, isOpen: null })).toHaveLength(1)
  })

  test('the samples of the pack are open, marked, one of them late', async () => {
    const path = new URL('../../../resources/packs/shaanxi/duty/open-matters.json', import.meta.url)
    const now = Date.now()
    const part = await instructions.loadSample(await readFile(join(path.pathname), 'utf8'), { source: 'pack:shaanxi', now })
    const rows = await instructions.service.list({ incident: null, isOpen: true })
    expect(part).toEqual({ loaded: 3, refused: 0 })
    expect(rows.every(({ isSample }) => isSample)).toBe(true)
    expect(rows.filter(({ dueAt }) => dueAt !== null && dueAt < now)).toHaveLength(1)
    expect(rows[0]).toMatchObject({ from: '样例丙（带班领导）' })
  })
})
