// `npm run dist [-- electron-builder's options]`: builds everything anew and packages it for this machine's system. Node 20.19 runs it.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.mjs'
import { ensurePage } from './page.mjs'
import { ourNode, root } from './programs.mjs'
import { run } from './run.mjs'
import { ensureDependencies } from './setup.mjs'

async function dist(args) {
  await ensureDependencies()
  rmSync(join(root, '.cache', 'page.sha256'), { force: true })
  await ensurePage()
  await compile({ isClean: true })
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  // The database driver was compiled for this kind of machine; another kind packages its own.
  const target = args.length > 0 ? args : [`--${process.arch}`]
  const { code } = await run(ourNode(), [builder, '--publish', 'never', ...target])
  process.exitCode = code
}

await dist(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
