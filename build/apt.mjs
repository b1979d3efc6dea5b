// Debian's packages, where we are root on a Debian: what the tests and the SFU worker's build need. Node 20.19 runs it.
import { existsSync } from 'node:fs'
import { onPath } from './programs.mjs'
import { run } from './run.mjs'

const limitMs = 15 * 60_000

export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== null
}

/** Installs what it can; says what apt-get said when it could not. @param {string[]} packages */
export async function installPackages(packages) {
  console.log(`Installing ${packages.join(', ')} with apt-get …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['-qq', 'update'], { env, timeoutMs: limitMs, quiet: true })
  const { code, output } = await run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], {
    env,
    timeoutMs: limitMs,
    quiet: true,
  })
  if (code !== 0) console.log(`apt-get could not install them:\n${output.slice(-2000)}`)
}

/** Debian starts a service it installs, on a port a centre's own server may want; tests start their own processes and need the program alone. */
export async function stopService(name) {
  if (onPath('systemctl') === null) return
  await run('systemctl', ['disable', '--now', `${name}.service`], { timeoutMs: 60_000, quiet: true })
}
