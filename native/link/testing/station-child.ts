// A station that sends and takes until it is killed.
import { quickTimes } from './centres.ts'
import { openSmall } from './small.ts'

const [directory, server, user, passwordFile] = process.argv.slice(2)
if (directory === undefined || server === undefined) throw new Error('killed-child DIR nats://… [USER PASSWORD-FILE]')
const login = user === undefined || passwordFile === undefined ? {} : { user, passwordFile }
const station = await openSmall({ name: 'desk', directory, server, ...login, ...(quickTimes === undefined ? {} : { times: quickTimes }) })
await station.link.start()
process.stdout.write('ready\n')
// The timers of the link do not keep a program alive.
setInterval(() => undefined, 60_000)
