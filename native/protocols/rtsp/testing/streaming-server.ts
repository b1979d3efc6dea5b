// Starts `rtsp-streaming-server` (npm, GPL-3.0: a program of its own, never part of ours) as a camera for tests that knows UDP only, and ends it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('streaming-server.mjs', import.meta.url))

export interface StreamingServer {
  /** Where a source publishes by ANNOUNCE over UDP, user and password in it. */
  publishAddress: string
  /** Where it is played, without user and password. */
  address: string
  /** What it asks for, by Basic, of both. */
  login: { username: string; password: string }
  kill(): Promise<void>
}

export async function startStreamingServer(): Promise<StreamingServer> {
  const login = { username: 'admin', password: 'Geheim-77' }
  // Written for a Node where a promise that failed ended nothing.
  const child = spawn(process.execPath, ['--unhandled-rejections=warn', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.write(`${JSON.stringify({ login })}\n`)
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => {
      throw new Error('streaming-server.mjs ended')
    }),
  ])) as [string]
  const [, publishPort, port] = /^ready (\d+) (\d+)$/.exec(line) ?? []
  return {
    publishAddress: `rtsp://${login.username}:${login.password}@127.0.0.1:${publishPort}/live`,
    address: `rtsp://127.0.0.1:${port}/live`,
    login,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
