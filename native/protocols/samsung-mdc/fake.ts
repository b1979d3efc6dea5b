// A Samsung display in this process; one that wants TLS and a PIN says so first.
import { type FakeDevice, type FakeMood, openByteFake } from '../display/fake.ts'
import { commands, writeReply } from './codec.ts'

export function openFakeSamsung({
  mood,
  isSecured = false,
  faults,
}: {
  mood: FakeMood
  isSecured?: boolean
  faults?: number[]
}): Promise<FakeDevice> {
  const state = new Map<number, number[]>([
    [commands.power, [0]],
    [commands.input, [0x25]],
    [commands.brightness, [50]],
    [commands.panelOff, [0]],
    [commands.wallOn, [0]],
    [commands.wallLayout, [0, 0]],
    [commands.error, faults ?? [0, 0, 0, 0, 31, 0]],
    [commands.model, [...Buffer.from('QHC')]],
  ])
  return openByteFake(mood, () => ({
    ...(isSecured ? { greeting: Buffer.from('MDCSTART<<TLS>>') } : {}),
    take(chunk) {
      const [, command = 0, id = 0, length = 0] = chunk
      const data = [...chunk.subarray(4, 4 + length)]
      const known = state.get(command)
      if (known === undefined || (mood.isRefusing && length > 0)) return [{ answer: writeReply(id, { isAck: false, command, data: [1] }) }]
      if (length > 0 && !mood.isLying) state.set(command, data)
      return [{ answer: writeReply(id, { isAck: true, command, data: length > 0 ? data : (state.get(command) ?? []) }) }]
    },
  }))
}
