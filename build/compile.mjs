// Turns native/ and electron/ into JavaScript under dist/, with the files they read at run time beside them. Node 20.19 runs it.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { ourNode, root, tsc } from './programs.mjs'
import { run } from './run.mjs'

const dist = join(root, 'dist')

/** Compiles, copies what is not TypeScript (migrations), the resources, and bundles the preload script. */
export async function compile({ isClean = false } = {}) {
  if (isClean) for (const folder of ['native', 'electron', 'resources']) rmSync(join(dist, folder), { recursive: true, force: true })
  // tsc believes its notes in .cache even when somebody has removed dist.
  const isForced = isClean || !existsSync(join(dist, 'native', 'main.js')) || !existsSync(join(dist, 'electron', 'main.js'))
  const { code, output } = await run(ourNode(), [tsc, '-b', ...(isForced ? ['--force'] : []), 'electron', 'native'], { quiet: true })
  if (code !== 0) throw new Error(`The station and the shell could not be compiled:\n${output}`)
  copyTo(join(root, 'native'), join(dist, 'native'))
  copyTo(join(root, 'resources'), join(dist, 'resources'))
  await bundlePreload()
}

function copyTo(from, to) {
  if (!existsSync(from)) return
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isProgram = from.endsWith('native') && ['.ts', '.md'].includes(extname(entry.name))
    if (!entry.isFile() || isProgram || entry.name.startsWith('tsconfig')) continue
    cpSync(path, join(to, relative(from, path)))
  }
}

/** A sandboxed page may load one CommonJS file only. */
async function bundlePreload() {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: ['electron/preload.ts'],
    outfile: 'dist/electron/preload.cjs',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['electron'],
    logLevel: 'warning',
  })
}
