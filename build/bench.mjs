// `npm run bench [-- name…]`: runs build/bench/<name>.bench.ts, each in its own process, and prints one JSON object a line. Node 20.19 runs it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium, ourNode, root, stationEnvironment, stationFlags } from './programs.mjs'
import { run } from './run.mjs'
import { ensureDependencies } from './setup.mjs'

const folder = join(root, 'build', 'bench')

/** `journal` names every bench of journal*.bench.ts, `journal.single` the one figure of journal.bench.ts; no name, all of them. */
function chosen(names) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'))
  const unknown = names.filter((name) => !files.some((file) => isMeant(name, file)))
  if (unknown.length > 0)
    throw new Error(`No bench is called ${unknown.join(', ')}. There are ${files.map((file) => file.replace('.bench.ts', '')).join(', ')}.`)
  return names.length === 0 ? files : files.filter((file) => names.some((name) => isMeant(name, file)))
}

function isMeant(name, file) {
  const base = file.replace('.bench.ts', '')
  return base === name || base.startsWith(`${name}.`) || name.startsWith(`${base}.`)
}

async function bench(names) {
  await ensureDependencies()
  const chromium = findChromium()
  const env = stationEnvironment(chromium === null ? {} : { WANGLOU_CHROMIUM: chromium })
  for (const file of chosen(names)) {
    const { code } = await run(ourNode(), [...stationFlags, '--expose-gc', 'build/bench/run.ts', join(folder, file), ...names], { env })
    if (code !== 0) process.exitCode = 1
  }
}

await bench(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
