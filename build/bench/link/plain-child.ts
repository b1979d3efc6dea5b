// The bare thing: entries from a file, each its own uncompressed JetStream message, 256 in flight. `plain-child FILE nats://… STREAM SUBJECT`
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'

const [file = '', servers = '', subject = ''] = process.argv.slice(2)
const nats = await connect({ servers })
const js = jetstream(nats)
const entries = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
process.stdout.write('ready\n')
await once(process.stdin, 'data')
let next = 0
async function publish(): Promise<void> {
  for (let entry = entries[next++]; entry !== undefined; entry = entries[next++]) await js.publish(subject, entry)
}
await Promise.all(Array.from({ length: 256 }, publish))
await nats.close()
process.exit()
