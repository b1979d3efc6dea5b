// A linked station in a process of its own, told what to do line by line: for kills and benches. `station-child OPTIONS` (SmallOptions as JSON).
import { createInterface } from 'node:readline'
import { newId } from '../../kernel/ids.ts'
import { openSmall, type SmallOptions } from './small.ts'

const station = await openSmall(JSON.parse(process.argv[2] ?? '') as SmallOptions)
const say = (line: string) => process.stdout.write(`${line}\n`)

/** One act at a time, as a person would. */
async function writeOne(row: string, name: string): Promise<void> {
  await station.journal.write({
    actor: 'child',
    action: 'boats.write',
    subject: { dataset: 'boats', row },
    rows: [{ dataset: 'boats', row, set: { name } }],
  })
}

for await (const line of createInterface({ input: process.stdin })) {
  const [word, ...rest] = line.split(' ')
  if (word === 'hello') say('hello')
  else if (word === 'start') {
    await station.link.start()
    say('started')
  } else if (word === 'write') {
    for (let left = Number(rest[0]); left > 0; left -= 1) await writeOne(newId(), `boat ${left}`)
    say('written')
  } else if (word === 'watch')
    station.journal.onChange((changes) => {
      for (const change of changes) if (change.dataset === 'boats') say(`changed ${change.ids?.join(' ') ?? ''}`)
    })
  else if (word === 'waiting')
    say(
      `waiting ${station.link
        .view()
        .links.map(({ waiting }) => waiting)
        .join(' ')}`,
    )
  else if (word === 'stop') {
    await station.stop()
    say('stopped')
    process.exit()
  }
}
process.exit()
