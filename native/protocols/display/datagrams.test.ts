// What goes by UDP without a connection: the search for projectors, their notices, the magic packet.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { Reading } from './driver.ts'
import { PjlinkNotices, searchPjlink } from '../pjlink/notices.ts'
import { wake } from './wake.ts'

async function listener(answer: (bytes: Buffer) => Buffer | null) {
  const socket = createSocket('udp4')
  const received: Buffer[] = []
  socket.on('message', (bytes, { address, port }) => {
    received.push(Buffer.from(bytes))
    const back = answer(bytes)
    if (back !== null) socket.send(back, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { port: socket.address().port, received, close: () => socket.close() }
}

test('a search finds who answers with its address, and nobody else', async () => {
  const projector = await listener(() => Buffer.from('%2ACKN=AA:BB:CC:DD:EE:FF\r'))
  const other = await listener(() => Buffer.from('%2ACKN=<script>\r'))
  expect(await searchPjlink({ broadcast: '127.0.0.1', port: projector.port, waitMs: 300 })).toEqual([{ host: '127.0.0.1', mac: 'aa:bb:cc:dd:ee:ff' }])
  expect(await searchPjlink({ broadcast: '127.0.0.1', port: other.port, waitMs: 100 })).toEqual([])
  expect(String(projector.received[0])).toBe('%2SRCH\r')
  projector.close()
  other.close()
})

test('a notice is heard, what is none is not, and the port may be taken', async () => {
  const heard: [string, Reading['values']][] = []
  const notices = new PjlinkNotices((host, { values }) => heard.push([host, values]))
  const port = await notices.listen(0, '127.0.0.1')
  const socket = createSocket('udp4')
  for (const text of ['%2POWR=2\r', 'hello', '%2ERST=200000\r']) socket.send(text, port ?? 0, '127.0.0.1')
  await expect
    .poll(() => heard)
    .toEqual([
      ['127.0.0.1', { power: 'cooling' }],
      ['127.0.0.1', { faults: 'fan error' }],
    ])
  socket.close()
  notices.close()
  const taken = createSocket({ type: 'udp4' })
  taken.bind(0, '127.0.0.1')
  await once(taken, 'listening')
  const late = new PjlinkNotices(() => undefined)
  expect(await late.listen(taken.address().port, '127.0.0.1')).toBeNull()
  taken.close()
})

test('a display is woken by three packets', async () => {
  const display = await listener(() => null)
  await wake({ mac: 'aa:bb:cc:dd:ee:ff', broadcast: '127.0.0.1', port: display.port })
  await expect.poll(() => display.received.length).toBe(3)
  expect(display.received[0]).toHaveLength(102)
  display.close()
})
