// What holds for every table, incident and evidence: proof alone stops a clock, more of it delays nothing, and the order of entries is no matter.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CauseMoment, type Clock, type ClockEvidence, type ClockRuleInput, EventGrade } from '../../contract/index.ts'
import { clocksOf } from './derive.ts'
import { causeAt, hour, idOf, minute, noUnits, ownCity, received, ruleOf, subjectOf, toldAt } from './testing/facts.ts'

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)
console.info(`clocks derive.property.test seed ${String(seed)}`)

const hours = fc.uniqueArray(fc.constantFrom('00:00', '08:00', '12:30', '17:00', '23:59'), { maxLength: 3 })
const grades = fc.uniqueArray(fc.constantFrom(...EventGrade.options, 'unknown' as const), { maxLength: 3 })
const rule: fc.Arbitrary<ClockRuleInput> = fc
  .record({
    grades,
    reasons: fc.constantFrom<string[]>([], ['evacuated'], ['*']),
    recipient: fc.constantFrom('superior' as const, 'government' as const, 'fire' as const),
    means: fc.constantFrom('telephone' as const, 'writing' as const),
    limitMinutes: fc.integer({ min: 1, max: 240 }),
    countedFrom: fc.constantFrom('occurred' as const, 'received' as const),
    interval: fc.option(fc.integer({ min: 5, max: 600 })),
    hours,
    finalMinutes: fc.option(fc.integer({ min: 10, max: 3_000 })),
  })
  .map(({ interval, hours: fixed, ...rest }) => ruleOf({ ...rest, followUpMinutes: interval, followUpHours: interval === null ? fixed : [] }))
const rules = fc.array(rule, { minLength: 1, maxLength: 5 })

const evidence: fc.Arbitrary<ClockEvidence> = fc
  .record({
    minutes: fc.integer({ min: -30, max: 3_000 }),
    recipientKey: fc.constantFrom('superior', 'government', 'fire'),
    means: fc.constantFrom('telephone' as const, 'writing' as const),
    who: fc.constantFrom('样例张三', '样例张三', ' '),
    report: fc.constantFrom('', '首报', '终报'),
    number: fc.integer({ min: 1, max: 1e9 }),
  })
  .map(({ minutes, number, ...rest }) => toldAt(received + minutes * minute, { ...rest, source: { dataset: 'clockEvidence', row: idOf(number) } }))
const evidences = fc.uniqueArray(evidence, { maxLength: 14, selector: (one) => one.source.row })

const moment: fc.Arbitrary<CauseMoment> = fc
  .record({
    minutes: fc.integer({ min: 0, max: 1_000 }),
    grade: fc.option(fc.constantFrom(...EventGrade.options)),
    reasons: fc.subarray(['evacuated']),
  })
  .map(({ minutes, ...rest }) => causeAt(received + minutes * minute, rest))
const causes = fc.array(moment, { maxLength: 4 }).map((moments) => [causeAt(received), ...moments].sort((a, b) => a.at - b.at))
const subject = fc
  .record({ causes, closed: fc.option(fc.integer({ min: 10, max: 3_000 })), ended: fc.constantFrom(null, null, 'false' as const) })
  .map(({ causes: known, closed, ended }) => subjectOf({ causes: known, closedAt: closed === null ? null : received + closed * minute, ended }))

const runs = { seed, numRuns: 1_500 }
type Subject = ReturnType<typeof subjectOf>
const derive = (table: ClockRuleInput[], about: Subject, proof: readonly ClockEvidence[]) =>
  clocksOf({ rules: table, subject: about, evidence: proof, waivers: [], own: ownCity, units: noUnits, now: received + 60 * hour })
const byId = (clocks: readonly Clock[]) => new Map(clocks.map((clock) => [clock.id, clock]))

describe('for every table, incident and evidence', () => {
  test('a clock never stops without evidence that names who was told, by its means, to its recipient', () => {
    fc.assert(
      fc.property(rules, subject, evidences, (table, about, proof) => {
        for (const clock of derive(table, about, proof)) {
          if (clock.evidence === null) continue
          expect(proof).toContain(clock.evidence)
          expect(clock.evidence.who.trim()).not.toBe('')
          expect([clock.evidence.means, clock.evidence.recipientKey]).toEqual([clock.means, clock.recipient.key])
        }
        expect(derive(table, about, []).filter((clock) => clock.evidence !== null)).toEqual([])
      }),
      runs,
    )
  })

  test('more evidence never makes anything later: no limit, no end, and no clock is lost', () => {
    fc.assert(
      fc.property(rules, subject, evidences, evidence, (table, about, proof, more) => {
        const after = byId(derive(table, about, [...proof, more]))
        for (const before of derive(table, about, proof)) {
          const same = after.get(before.id)
          expect(same?.dueAt).toBeLessThanOrEqual(before.dueAt)
          if (before.evidence !== null) expect(same?.evidence?.at.at).toBeLessThanOrEqual(before.evidence.at.at)
        }
      }),
      runs,
    )
  })

  test('the order of entries and of rules does not matter', () => {
    fc.assert(
      fc.property(rules, subject, evidences, fc.infiniteStream(fc.nat()), (table, about, proof, stream) => {
        const shuffled = <T>(items: readonly T[]) =>
          items
            .map((item) => ({ item, key: stream.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item)
        expect(derive(shuffled(table), about, shuffled(proof))).toEqual(derive(table, about, proof))
      }),
      runs,
    )
  })

  test('what becomes known later starts clocks and stops or moves none', () => {
    fc.assert(
      fc.property(rules, subject, evidences, moment, (table, about, proof, news) => {
        const last = Math.max(...about.causes.map(({ at }) => at))
        const later = { ...about, causes: [...about.causes, { ...news, at: last + minute }] }
        const after = byId(derive(table, later, proof))
        for (const before of derive(table, about, proof)) {
          const same = after.get(before.id)
          expect([same?.from, same?.dueAt, same?.evidence]).toEqual([before.from, before.dueAt, before.evidence])
          after.delete(before.id)
        }
        for (const added of after.values())
          if (added.stage === 'first') expect([added.from, added.countedFrom === 'received']).toEqual([last + minute, false])
      }),
      runs,
    )
  })

  test('one chain has at most one open limit before 办结, and its limits only go forward', () => {
    fc.assert(
      fc.property(rules, subject, evidences, (table, about, proof) => {
        const clocks = derive(table, about, proof)
        for (const { id } of table) {
          const chain = clocks.filter((clock) => clock.rule === id && clock.stage === 'follow-up').sort((a, b) => a.number - b.number)
          expect(chain.filter((clock) => clock.evidence === null).length).toBeLessThanOrEqual(1)
          for (const [at, clock] of chain.entries()) expect(clock.dueAt).toBeGreaterThanOrEqual(chain[at - 1]?.from ?? clock.from)
        }
      }),
      runs,
    )
  })
})
