// `npm run dev`: the station restarts when its sources change, the page is rebuilt when its own do; reload the browser to see it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { readOptions } from './options.mjs'
import { ensurePage } from './page.mjs'
import { ourNode, root, stationEnvironment, stationFlags } from './programs.mjs'
import { ensureDependencies } from './setup.mjs'

const options = readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
await ensureDependencies()
await ensurePage()
// A restarted station must be found again at the same address.
const stationArgs = options.stationArgs.includes('--port') ? options.stationArgs : [...options.stationArgs, '--port', '7480']
const env = stationEnvironment()
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const children = [
  spawn(ourNode(), [...stationFlags, '--watch-path=native', '--watch-preserve-output', 'native/main.ts', ...stationArgs], {
    cwd: root,
    env,
    stdio: 'inherit',
  }),
  spawn(ourNode(), [vite, 'build', '--watch', '--sourcemap', '--minify', 'false', '--logLevel', 'info'], { cwd: root, env, stdio: 'inherit' }),
]

function stop() {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
// Either alone is of no use: when one ends, so does the other.
for (const child of children) child.once('close', stop)
