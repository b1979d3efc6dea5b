// A NovaStar COEX controller in this process; one that a desktop tool holds says so.
import { type FakeDevice, type FakeMood, openHttpFake } from '../display/fake.ts'

export function openFakeCoex({ mood, isLocked = () => false }: { mood: FakeMood; isLocked?: () => boolean }): Promise<FakeDevice> {
  // Two screens; a lying controller does only the first.
  const modes = [0, 0]
  const brightness = [0.5, 0.5]
  return openHttpFake(mood, (request, body) => {
    const say = (data: unknown) => ({ status: 200, body: JSON.stringify({ code: 0, message: 'success', data }) })
    if (request.url?.startsWith('/api/v1/screen/output/display/state') === true)
      return say({ displayState: modes.map((displayMode, index) => ({ canvasID: index + 1, displayMode })) })
    if (request.url?.startsWith('/api/v1/screen/displayparams') === true)
      return say(['{a}', '{b}'].map((screenId, index) => ({ screenId, brightness: brightness[index] })))
    if (request.method !== 'PUT') return { status: 404, body: JSON.stringify({ code: 404, message: 'not found' }) }
    if (isLocked()) return { status: 200, body: JSON.stringify({ code: 5, message: 'device locked' }) }
    if (mood.isRefusing) return { status: 200, body: JSON.stringify({ code: 3, message: 'parameter error' }) }
    const asked = JSON.parse(body) as { value?: number; brightness?: number }
    for (const index of mood.isLying ? [0] : [0, 1]) {
      modes[index] = asked.value ?? modes[index]!
      brightness[index] = asked.brightness ?? brightness[index]!
    }
    return say(null)
  })
}
