// A NovaStar COEX controller in this process; one that a desktop tool holds says so.
import { type FakeDevice, type FakeMood, openHttpFake } from '../display/fake.ts'

export function openFakeCoex({ mood, isLocked = () => false }: { mood: FakeMood; isLocked?: () => boolean }): Promise<FakeDevice> {
  let mode = 0
  let brightness = 0.5
  return openHttpFake(mood, (request, body) => {
    const say = (data: unknown) => ({ status: 200, body: JSON.stringify({ code: 0, message: 'success', data }) })
    if (request.url?.startsWith('/api/v1/screen/output/display/state') === true) return say({ displayState: [{ canvasID: 1, displayMode: mode }] })
    if (request.url?.startsWith('/api/v1/screen/displayparams') === true) return say([{ screenId: '{a}', brightness }])
    if (request.method !== 'PUT') return { status: 404, body: JSON.stringify({ code: 404, message: 'not found' }) }
    if (isLocked()) return { status: 200, body: JSON.stringify({ code: 5, message: 'device locked' }) }
    if (mood.isRefusing) return { status: 200, body: JSON.stringify({ code: 3, message: 'parameter error' }) }
    const asked = JSON.parse(body) as { value?: number; brightness?: number }
    if (!mood.isLying) {
      mode = asked.value ?? mode
      brightness = asked.brightness ?? brightness
    }
    return say(null)
  })
}
