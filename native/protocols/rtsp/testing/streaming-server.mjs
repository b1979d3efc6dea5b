// The npm package `rtsp-streaming-server` as a program of its own: takes a picture by ANNOUNCE and RECORD, gives it by PLAY, both over UDP alone and with Basic.
//
// Options come as one line of JSON on standard input; prints `ready <port to publish to> <port to play from>` when it answers.
import { createSocket, Socket } from 'node:dgram'
import { once } from 'node:events'
import { Server } from 'node:net'
import { createInterface } from 'node:readline'
import { RtspServer } from 'rtsp-streaming-server'

const loopback = '127.0.0.1'
/** Below those that the system and the SFU give out by themselves. */
const [firstPort, lastPort] = [20_000, 29_998]
/** A pair for what is published, and one for each who plays. */
const portCount = 32

/** The package can be told no address and would listen on all of them. */
function keepToLoopback() {
  const { listen } = Server.prototype
  Server.prototype.listen = function (port, ...rest) {
    return listen.call(this, { port, host: loopback }, ...rest)
  }
  const { bind } = Socket.prototype
  Socket.prototype.bind = function (port, ...rest) {
    return bind.call(this, port, loopback, ...rest)
  }
}

/** The package counts upwards from the first, and stays silent about one that is taken. */
async function firstOfFreePorts() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = firstPort + 2 * Math.floor((Math.random() * (lastPort - portCount - firstPort)) / 2)
    const sockets = await Promise.all(Array.from({ length: portCount }, (_, index) => tryPort(first + index)))
    const isFree = sockets.every((socket) => socket !== null)
    await Promise.all(sockets.flatMap((socket) => (socket === null ? [] : [new Promise((resolve) => socket.close(resolve))])))
    if (isFree) return first
  }
  throw new Error(`no ${portCount} UDP ports in a row are free`)
}

async function tryPort(port) {
  const socket = createSocket('udp4')
  socket.bind(port)
  return once(socket, 'listening').then(
    () => socket,
    () => null,
  )
}

const [line] = await once(createInterface({ input: process.stdin }), 'line')
const { login } = JSON.parse(line)
keepToLoopback()
const hooks = { authentication: async (username, password) => username === login.username && password === login.password }
const server = new RtspServer({
  serverPort: 0,
  clientPort: 0,
  rtpPortStart: await firstOfFreePorts(),
  rtpPortCount: portCount,
  publishServerHooks: hooks,
  clientServerHooks: hooks,
})
await server.start()
// The test that started us is gone: so are we.
process.stdin.on('close', () => process.exit())
process.stdout.write(`ready ${server.PublishServer.server.address().port} ${server.ClientServer.server.address().port}\n`)
