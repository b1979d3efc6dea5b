// A server as `npm run nats` configures it for a centre, on ports of loopback: what every test of real servers stands on.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort, type NatsServer, runNatsServer } from './nats-server.ts'

const generator = fileURLToPath(new URL('../../build/nats.mjs', import.meta.url))

export interface ConfiguredOptions {
  level: 'province' | 'city' | 'county'
  unit: string
  /** Where the configuration is written; it stays. */
  folder: string
  /** `desk1`, or `desk2=<station id>` whose subject is its own; default `desk1`. */
  consoles?: string
  below?: readonly string[]
  /** The folder of the centre above. */
  above?: { folder: string; url?: string }
  /** Port told to those below as ours, that of a proxy. @param leafPort the true one */
  advertise?: (leafPort: number) => Promise<number>
  /** Changes what was written before the server reads it. */
  change?: (configuration: string) => string
}

export interface ConfiguredServer {
  unit: string
  /** What `npm run nats` wrote for it. */
  folder: string
  leafPort: number
  server: NatsServer
}

export async function runConfigured(options: ConfiguredOptions): Promise<ConfiguredServer> {
  const { level, unit, folder, consoles = 'desk1', below = [], above, advertise, change = (text) => text } = options
  const [port, leafPort] = [await freePort(), await freePort()]
  const flags = ['--unit', unit, '--name', unit, '--out', folder, '--consoles', consoles]
  flags.push('--host', '127.0.0.1', '--port', `${port}`, '--address', '127.0.0.1')
  if (below.length > 0) flags.push('--below', below.join(','), '--leaf-host', '127.0.0.1', '--leaf-port', `${leafPort}`)
  if (above !== undefined) flags.push('--from-above', join(above.folder, 'below', unit))
  if (above?.url !== undefined) flags.push('--above', above.url)
  await promisify(execFile)(process.execPath, [generator, level, ...flags])
  const configFile = join(folder, 'nats-server.conf')
  const told = await advertise?.(leafPort)
  const text = await readFile(configFile, 'utf8')
  const advertised =
    told === undefined ? text : text.replace(/^(\s*)advertise:.*$/m, (_, indent: string) => `${indent}advertise: "127.0.0.1:${told}"`)
  await writeFile(configFile, change(advertised))
  const hasLeaves = below.length > 0
  const server = await runNatsServer({
    configFile,
    name: `wanglou-${unit}`,
    port,
    leafPort: hasLeaves ? leafPort : null,
    directory: folder,
    isKept: true,
  })
  return { unit, folder, leafPort, server }
}
