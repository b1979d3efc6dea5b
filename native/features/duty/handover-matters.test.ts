// No matter disappears from a handover unless a reason is recorded, whatever opens, ends or is decided, and when.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mattersOf, notShown, type StoredMatter, undecided } from './handover-matters.ts'
import { matter } from './testing.ts'

const seed = Date.now() % 2 ** 31
const ids = ['incident:a', 'incident:b', 'task:c', 'note:d', 'report:e']
const step = fc.oneof(
  fc.record({ kind: fc.constant('opens' as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant('ends' as const), id: fc.constantFrom(...ids) }),
  fc.record({
    kind: fc.constant('decide' as const),
    id: fc.constantFrom(...ids),
    decision: fc.constantFrom('hand-over' as const, 'drop' as const),
    words: fc.constantFrom('', '已与县局核对，不再跟'),
  }),
  fc.record({ kind: fc.constant('outgoing signs' as const) }),
  fc.record({ kind: fc.constant('taken back' as const) }),
  fc.record({ kind: fc.constant('incoming signs' as const), hasLooked: fc.boolean() }),
)

test('every matter that was open at a signature stands in the record, and what was dropped carries its reason', () => {
  console.log(`seed ${seed}`)
  let finished = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const open = new Set<string>()
      let stored = new Map<string, StoredMatter>()
      let isSigned = false
      let shown = new Set<string>()
      const now = () =>
        mattersOf({ open: [...open].map((id) => matter(id)), isWhole: true, stored: [...stored.values()], former: new Map() }, isSigned)
      const keep = (list: readonly StoredMatter[]) => (stored = new Map([...stored, ...list.map((one) => [one.matter, one] as const)]))
      for (const one of steps) {
        switch (one.kind) {
          case 'opens':
            open.add(one.id)
            break
          case 'ends':
            open.delete(one.id)
            break
          case 'decide': {
            const found = now().find((candidate) => candidate.matter === one.id && candidate.isOpen)
            const isAllowed = !isSigned && found !== undefined && (one.decision === 'hand-over' || one.words !== '')
            if (isAllowed) keep([{ ...found, decision: one.decision, words: one.words }])
            break
          }
          case 'outgoing signs':
            if (isSigned || undecided(now()).length > 0) break
            keep(now())
            isSigned = true
            shown = new Set(now().map((candidate) => candidate.matter))
            for (const id of open) expect([...stored.keys()]).toContain(id)
            break
          case 'taken back':
            isSigned = false
            break
          case 'incoming signs': {
            if (!isSigned) break
            if (one.hasLooked) shown = new Set(now().map((candidate) => candidate.matter))
            const isUnseen = notShown(now(), shown).length > 0
            expect(isUnseen).toBe([...open].some((id) => !shown.has(id)))
            if (isUnseen) break
            keep(now())
            finished += 1
            for (const id of open) expect([...stored.keys()]).toContain(id)
            for (const { decision, words } of stored.values()) if (decision === 'drop') expect(words.trim()).not.toBe('')
            isSigned = false
            stored = new Map()
            break
          }
          default:
            one satisfies never
        }
      }
    }),
    { seed, numRuns: 1_000 },
  )
  expect(finished).toBeGreaterThan(100)
})

test('what ended before the signature stays as 办结; what a silent room would have said is not taken as ended', () => {
  const decided: StoredMatter = { ...asStored(matter('incident:a')), decision: 'hand-over', words: '盯着回执' }
  const base = { open: [], stored: [decided], former: new Map() }
  expect(mattersOf({ ...base, isWhole: true }, false)).toMatchObject([{ matter: 'incident:a', decision: 'closed', isOpen: false }])
  expect(mattersOf({ ...base, isWhole: false }, false)).toMatchObject([
    { matter: 'incident:a', decision: 'hand-over', words: '盯着回执', isOpen: true },
  ])
})

test('what came up after the first signature stands first and is marked', () => {
  const stored = [asStored(matter('incident:a'))]
  const list = mattersOf(
    { open: [matter('incident:a'), matter('task:new')], isWhole: true, stored, former: new Map([['incident:a', '等终报']]) },
    true,
  )
  expect(list.map((one) => [one.matter, one.raised, one.formerWords])).toEqual([
    ['task:new', 'between', null],
    ['incident:a', 'before', '等终报'],
  ])
})

function asStored({ id, kind, title, detail, since, dueAt, to }: ReturnType<typeof matter>): StoredMatter {
  return { matter: id, kind, title, detail, since, dueAt, to, decision: 'hand-over', words: '', raised: 'before' }
}
