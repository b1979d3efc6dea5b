// Any writing, cutting, killing and damaging of streams: once the lines stand, everybody holds what he may hold and nothing else, and it grows quiet.
import { expect, test } from 'vitest'
import { randomOf, Simulation } from './testing/simulation.ts'

const superiors = new Map([
  ['610000', null],
  ['610500', '610000'],
  ['610581', '610000'],
  ['610502', '610500'],
])
const units = [...superiors.keys()]
const actions = ['incidents.report', 'reports.sign', 'tasks.order', 'plans.write', 'resources.edit', 'contacts.update']

const seeds = Number(process.env.WANGLOU_SIMULATION_SEEDS ?? 20)
const steps = Number(process.env.WANGLOU_SIMULATION_STEPS ?? 500)
const firstSeed = Number(process.env.WANGLOU_PROPERTY_SEED ?? Date.now() % 2 ** 31)

function differenceOf(simulation: Simulation, unit: string): { missing: string[]; tooMuch: string[] } {
  const [held, due] = [new Set(simulation.centre(unit).journal.all()), new Set(simulation.due(unit))]
  return { missing: [...due].filter((id) => !held.has(id)).slice(0, 5), tooMuch: [...held].filter((id) => !due.has(id)).slice(0, 5) }
}

async function play(seed: number): Promise<void> {
  const simulation = new Simulation(superiors, seed)
  const random = randomOf(seed + 1)
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T
  for (let step = 0; step < steps; step += 1) {
    const unit = pick(units)
    const chance = random()
    if (chance < 0.6) {
      const scope = pick([`centre:${unit}`, `up:${unit}`, `down:${unit}`, 'shared', 'self'] as const)
      for (let count = random() < 0.05 ? 200 : 1; count > 0; count -= 1) simulation.write(unit, scope, pick(actions))
    } else if (chance < 0.7) simulation.line(unit, false)
    else if (chance < 0.8) simulation.line(unit, true)
    else if (chance < 0.84) simulation.restart(unit)
    else if (chance < 0.85) simulation.damage(unit, pick(['aged', 'made anew'] as const))
    else await simulation.clock.pass(random() * 20_000)
  }
  for (const unit of units) simulation.line(unit, true)
  await simulation.clock.pass(30 * 60_000)
  for (const unit of units) expect({ seed, unit, ...differenceOf(simulation, unit) }).toEqual({ seed, unit, missing: [], tooMuch: [] })
  // From now on only the comparison of every five minutes: per line and side a question and an answer.
  const before = simulation.messages
  await simulation.clock.pass(60 * 60_000)
  expect({ seed, messages: simulation.messages - before }).toSatisfy(({ messages }: { messages: number }) => messages <= 6 * 12 * 3)
}

test('everybody holds what he may hold and nothing else, and then it is quiet', { timeout: 600_000 }, async () => {
  console.log(`seeds ${firstSeed} to ${firstSeed + seeds - 1}`)
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) await play(seed)
})
