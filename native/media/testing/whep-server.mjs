// The npm package `janus-whep-server` as a program of its own: WHEP in front of a Janus whose websocket it is told.
//
// Options come as one line of JSON on standard input; prints `ready <port>` when it answers, and `sessions <count>` whenever one comes or goes.
import { once } from 'node:events'
import { registerHooks } from 'node:module'
import { createInterface } from 'node:readline'

// Its client of Janus asks for a native module, for datagrams that nobody sends here; npm builds none for us (`allowScripts`).
const noDatagrams = 'data:text/javascript,export const createSocket = undefined'
registerHooks({
  resolve: (name, context, next) => (name === 'unix-dgram' ? { url: noDatagrams, shortCircuit: true } : next(name, context)),
})
// It says everything there; standard output is ours.
console.log = console.error
const { JanusWhepServer } = await import('janus-whep-server')

const [line] = await once(createInterface({ input: process.stdin }), 'line')
const { janus, mountpoint, token } = JSON.parse(line)
// Loopback only: what it calls a port goes to `listen` as it is.
const rest = { port: { port: 0, host: '127.0.0.1' }, basePath: '/whep' }
const gateway = new JanusWhepServer({ janus: { address: janus }, rest, debug: 'warn' })
await gateway.start()
// Debian's Janus (1.1.2) takes no offer for a mountpoint and makes its own. The package expects that below 1.0 only, and would hand it out as an answer.
gateway.multistream = false
gateway.createEndpoint({ id: 'camera', mountpoint, token })
// One that is cut off is told before it is taken off the list.
const tellSessions = () => setImmediate(() => process.stdout.write(`sessions ${gateway.listSubscribers().length}\n`))
for (const change of ['new-subscriber', 'subscriber-gone']) gateway.on(change, tellSessions)
if (!gateway.server.listening) await once(gateway.server, 'listening')
// The test that started us is gone: so are we.
process.stdin.on('close', () => process.exit())
process.stdout.write(`ready ${gateway.server.address().port}\n`)
