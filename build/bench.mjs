// `npm run bench [-- name…]`: runs build/bench/<name>.bench.ts, each in its own process, and prints one JSON object a line. Node 20.19 runs it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium, ourEnvironment, ourNode, root } from './programs.mjs'
import { run } from './run.mjs'
import { ensureDependencies } from './setup.mjs'

const folder = join(root, 'build', 'bench')

/** `journal` names every bench whose file name begins with it; no name, all of them. */
function filesOf(names) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'))
  if (names.length === 0) return files
  return names.flatMap((name) => {
    const chosen = files.filter((file) => file === `${name}.bench.ts` || file.startsWith(`${name}.`) || file.startsWith(`${name}-`))
    if (chosen.length === 0)
      throw new Error(`No bench is called ${name}. There are ${files.map((file) => file.replace('.bench.ts', '')).join(', ')}.`)
    return chosen
  })
}

async function bench(names) {
  await ensureDependencies()
  const chromium = findChromium()
  const env = ourEnvironment({ UV_THREADPOOL_SIZE: '12', ...(chromium === null ? {} : { WANGLOU_CHROMIUM: chromium }) })
  for (const file of new Set(filesOf(names))) {
    const { code } = await run(ourNode(), ['--expose-gc', 'build/bench/run.ts', join(folder, file)], { env })
    if (code !== 0) process.exitCode = 1
  }
}

await bench(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
