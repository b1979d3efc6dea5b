// A Barco Event Master processor in this process.
import { type FakeDevice, type FakeMood, openHttpFake } from '../display/fake.ts'

export function openFakeEventMaster({ mood }: { mood: FakeMood }): Promise<FakeDevice> {
  return openHttpFake(mood, (_, body) => {
    const { method, id } = JSON.parse(body) as { method: string; id: string }
    const response = method === 'listPresets' ? [{ id: 0, Name: 'Day' }] : null
    return {
      status: 200,
      body: JSON.stringify({ jsonrpc: '2.0', result: { success: mood.isRefusing && method !== 'listPresets' ? -1 : 0, response }, id }),
    }
  })
}
