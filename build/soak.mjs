// `npm run soak -- name…`: what needs minutes. Runs build/soak/<name>.soak.ts and ends with the counts. Node 20.19 runs it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ourNode, root, stationEnvironment, stationFlags } from './programs.mjs'
import { run, secondsSince } from './run.mjs'
import { ensureDependencies } from './setup.mjs'
import { closeWith } from './tally.mjs'

const folder = join(root, 'build', 'soak')

async function soak(names) {
  const present = readdirSync(folder)
    .filter((file) => file.endsWith('.soak.ts'))
    .map((file) => file.replace('.soak.ts', ''))
  const unknown = names.filter((name) => !present.includes(name))
  if (names.length === 0 || unknown.length > 0) throw new Error(`npm run soak -- name…; there are: ${present.join(', ')}`)
  await ensureDependencies()
  const tallies = []
  for (const name of names) {
    const startedAt = performance.now()
    const { code } = await run(ourNode(), [...stationFlags, 'build/soak/run.ts', join(folder, `${name}.soak.ts`)], { env: stationEnvironment() })
    console.log(`${name}: ${code === 0 ? 'passed' : 'failed'} after ${secondsSince(startedAt)}`)
    tallies.push({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 })
  }
  closeWith(tallies)
}

await soak(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
