// A linked station in a process of its own, told what to do line by line: for kills and benches. `station-child OPTIONS` (SmallOptions as JSON).
import { createInterface } from 'node:readline'
import { openSmall, type SmallOptions } from './small.ts'

const station = await openSmall(JSON.parse(process.argv[2] ?? '') as SmallOptions)
const say = (line: string) => process.stdout.write(`${line}\n`)

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'hello') say('hello')
  else if (line === 'start') {
    await station.link.start()
    say('started')
  } else if (line === 'code') say(`code ${station.link.beginPairing().code}`)
  else if (line === 'watch') {
    station.journal.onChange((changes) => {
      for (const change of changes) if (change.dataset === 'boats') say(`changed ${change.ids?.join(' ') ?? ''}`)
    })
    say('watching')
  } else if (line === 'waiting')
    say(
      `waiting ${station.link
        .view()
        .links.map(({ waiting }) => waiting)
        .join(' ')}`,
    )
  else if (line === 'stop') {
    await station.stop()
    say('stopped')
    process.exit()
  }
}
process.exit()
