// `npm start` as a person starts it: one ready line, a second start refused with 3, stopped by a signal.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from './programs.mjs'

type Started = ChildProcessByStdio<null, Readable, Readable>
const limitMs = 300_000
const running = new Set<Started>()
let data = ''

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'wanglou-start-'))
})
afterEach(async () => {
  // Not SIGKILL: the station behind it would stay.
  await Promise.all([...running].map((child) => (child.kill('SIGTERM'), once(child, 'exit'))))
  await rm(data, { recursive: true, force: true })
})

/** Runs `node build/start.mjs` as npm does; `npm_lifecycle_event` is left out, for it watches for npm's end. */
function start(args: string[], extra: NodeJS.ProcessEnv = {}): Started {
  const { npm_lifecycle_event: _, ...env } = process.env
  const child = spawn(process.execPath, ['build/start.mjs', ...args], {
    cwd: root,
    env: { ...env, INIT_CWD: tmpdir(), ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

function ended(child: Started): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const both = Promise.all([text(child.stdout), text(child.stderr)])
    child.once('close', (code) => void both.then(([output, errors]) => resolve({ code, output, errors })))
  })
}

function ready(child: Started): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/^wanglou ready .*\n/m.test(output)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`ended with code ${code} before it was ready`)))
  })
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'one ready line; a second start says so and exits 3; %s stops it in order',
  async (signal) => {
    const first = start(['--headless', '--port', '0', '--no-sample', '--data', data])
    const end = ended(first)
    await ready(first)
    const second = await ended(start(['--headless', '--port', '0', '--no-sample', '--data', data]))
    expect(second.code).toBe(3)
    expect(second.output).not.toContain('wanglou ready ')
    expect(second.errors + second.output).toContain(data)
    first.kill(signal)
    const { code, output, errors } = await end
    const readyLines = output.split('\n').filter((line) => line.startsWith('wanglou ready '))
    expect(readyLines).toEqual([expect.stringMatching(/^wanglou ready http:\/\/127\.0\.0\.1:\d+\/\S*[?#&]?\S*[\w-]{16,}$/)])
    expect(errors).not.toContain('ended by SIGKILL')
    expect(code).toBe(0)
  },
  limitMs,
)

test(
  'without Electron the system browser is handed the address, and a person is told why in one line',
  async () => {
    await writeFile(join(data, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > "${data}/opened.part" && mv "${data}/opened.part" "${data}/opened"\n`, {
      mode: 0o755,
    })
    const desk = { PATH: `${data}:${process.env.PATH ?? ''}`, DISPLAY: '', WAYLAND_DISPLAY: '' }
    const child = start(['--port', '0', '--no-sample', '--data', join(data, 'station')], desk)
    const end = ended(child)
    await ready(child)
    await expect
      .poll(() => readFile(join(data, 'opened'), 'utf8').catch(() => ''), { timeout: limitMs })
      .toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/)
    child.kill('SIGTERM')
    const { code, errors } = await end
    expect(errors.split('\n').filter((line) => line.includes("in the system's browser"))).toHaveLength(1)
    expect(code).toBe(0)
  },
  limitMs,
)

test('an option it does not know is refused in words', async () => {
  const { code, errors } = await ended(start(['--headles']))
  expect(code).toBe(1)
  expect(errors).toContain('--headles')
})
