// Installs what only the tests need: a Chromium, strace for the power-loss test, nats-server for the link, a Chinese font for the pictures. Node 20.19 runs it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium, findNatsServer, onPath, ourNode, root } from './programs.mjs'
import { run } from './run.mjs'

const limitMs = 15 * 60_000

/** Uses what is there; as root on Debian installs what is not; otherwise tries Playwright's own Chromium. Says what stays missing. */
export async function ensureTestPrograms() {
  const missing = []
  if (findChromium() === null) missing.push('chromium')
  if (process.platform === 'linux' && onPath('strace') === null) missing.push('strace')
  if (process.platform === 'linux' && findNatsServer() === null) missing.push('nats-server')
  if (process.platform === 'linux' && !(await hasChineseFont())) missing.push('fonts-noto-cjk')
  if (missing.length > 0 && canInstall()) await install(missing)
  if (findChromium() === null)
    await run(ourNode(), [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], { timeoutMs: limitMs })
  if (process.platform === 'linux' && onPath('strace') === null) console.log('strace is not installed: the power-loss test will be skipped.')
  if (findNatsServer() === null)
    console.log('nats-server is not installed: the tests of the link between stations will be skipped (Debian: apt-get install nats-server).')
}

function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== null
}

async function hasChineseFont() {
  if (onPath('fc-list') === null) return false
  const { output } = await run('fc-list', [':lang=zh', 'family'], { quiet: true })
  return output.trim() !== ''
}

async function install(packages) {
  console.log(`Installing ${packages.join(', ')} with apt-get …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['-qq', 'update'], { env, timeoutMs: limitMs, quiet: true })
  const { code, output } = await run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], {
    env,
    timeoutMs: limitMs,
    quiet: true,
  })
  if (code !== 0) console.log(`apt-get could not install them:\n${output.slice(-2000)}`)
  if (packages.includes('nats-server')) await stopService('nats-server', env)
}

/** Debian starts a service it installs, on the port a centre's own server may want; tests start their own processes and need the program alone. */
async function stopService(name, env) {
  if (onPath('systemctl') === null) return
  await run('systemctl', ['disable', '--now', `${name}.service`], { env, timeoutMs: 60_000, quiet: true })
}
