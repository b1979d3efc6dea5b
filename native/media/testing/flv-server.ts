// node-media-server as a child: takes RTMP, gives HTTP-FLV and WS-FLV, as media servers in the field do.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answersAt, freePort } from './free-port.ts'

const program = fileURLToPath(new URL('../../../node_modules/node-media-server/bin/app.js', import.meta.url))

export interface FlvServer {
  rtmpPort: number
  httpPort: number
  kill(): Promise<void>
}

export async function startFlvServer(ports?: { rtmpPort: number; httpPort: number }): Promise<FlvServer> {
  const { rtmpPort, httpPort } = ports ?? { rtmpPort: await freePort(), httpPort: await freePort() }
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-flv-'))
  const config = join(folder, 'config.json')
  await writeFile(
    config,
    JSON.stringify({
      bind: '127.0.0.1',
      rtmp: { port: rtmpPort },
      http: { port: httpPort },
      auth: {},
      record: { path: folder },
      store: { path: folder },
    }),
  )
  const child = spawn(process.execPath, [program, '-c', config, '--no-admin'], { cwd: folder, stdio: 'ignore' })
  await Promise.all([answersAt(rtmpPort), answersAt(httpPort)])
  return {
    rtmpPort,
    httpPort,
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
