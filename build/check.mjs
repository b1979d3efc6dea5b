// `npm run check`: types, lint and walls. Node 20.19 runs it.
import { checks } from './checks.mjs'
import { ensureDependencies } from './setup.mjs'
import { closeWith } from './tally.mjs'

await ensureDependencies()
const tallies = []
for (const [name, check] of Object.entries(checks)) {
  const tally = await check()
  console.log(`${name}: ${tally.failed === 0 ? 'ok' : 'failed'}`)
  tallies.push(tally)
}
closeWith(tallies)
