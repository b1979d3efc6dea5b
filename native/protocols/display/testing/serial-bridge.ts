// A serial line in this machine whose far end is a fake device's socket: a pseudo-terminal that Python opens, since Node cannot.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { FakeDevice } from '../fake.ts'

const bridge = `
import os, pty, select, socket, sys, tty
near, far = pty.openpty()
tty.setraw(near)
tty.setraw(far)
print(os.ttyname(far), flush=True)
device = None
while True:
    ready, _, _ = select.select([near, sys.stdin] + ([device] if device else []), [], [])
    if sys.stdin in ready and not os.read(0, 1):
        break
    if device and device in ready:
        said = b''
        try:
            said = device.recv(4096)
        except OSError:
            pass
        if said:
            os.write(near, said)
        else:
            device.close()
            device = None
    if near in ready:
        asked = os.read(near, 4096)
        if device is None:
            device = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
            device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        device.sendall(asked)
`

/** Why there is none; null = there may be one. */
export const serialMissing =
  process.platform === 'win32'
    ? 'Windows has no pseudo-terminals'
    : spawnSync('python3', ['-c', 'import pty']).status === 0
      ? null
      : 'python3 is not installed'

/** The fake, reached by `line`; a hang-up of the device is nothing but silence here. */
export async function overSerial(opening: Promise<FakeDevice>): Promise<FakeDevice> {
  const fake = await opening
  const python = spawn('python3', ['-c', bridge, String(fake.port)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(python.stdout), 'line')) as [string]
  return {
    line,
    port: fake.port,
    mood: fake.mood,
    received: fake.received,
    get connections() {
      return fake.connections
    },
    hangUp: () => fake.hangUp(),
    async close() {
      await ended(python)
      await fake.close()
    },
  }
}

async function ended(python: ChildProcess): Promise<void> {
  const exit = once(python, 'exit')
  python.stdin?.end()
  await exit
}
