// Says to the station where this console's globe looks, so that a globe on the wall may follow whoever holds it. Draws nothing.
import { rpc } from '../../app/rpc.ts'
import type { GlobeFeature } from '../../globe/types.ts'

const lookEveryMs = 700

const feature: GlobeFeature = {
  id: 'wall',
  permission: 'wall.switch',
  start(globe) {
    let last = ''
    const timer = setInterval(() => {
      const view = globe.view()
      const now = JSON.stringify(view)
      if (view === null || now === last) return
      last = now
      rpc.wall.look.mutate({ centre: view.centre, widthM: Math.max(1, view.widthM) }).catch((error: unknown) => {
        // Told again with the next look.
        last = ''
        console.warn('view of the globe not told', error)
      })
    }, lookEveryMs)
    return () => clearInterval(timer)
  },
}
export default feature
