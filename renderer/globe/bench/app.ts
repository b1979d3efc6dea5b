// Our globe with the same dots through its points layer, as a feature would draw them.
import { baseGround } from '../base-ground.ts'
import { CesiumGlobe } from '../cesium-globe.ts'
import type { Marker } from '../types.ts'
import { stubDrawing, timed } from './measure.ts'
import { changes, makeDots } from './points-data.ts'

declare global {
  interface Window {
    globe: CesiumGlobe
  }
}

const globe = new CesiumGlobe({ container: document.querySelector<HTMLElement>('#globe')!, render: 'auto' })
globe.onState = (state) => document.body.setAttribute('data-state', state)
globe.setGrounds([baseGround])
const layer = globe.points('bench')
window.globe = globe
let loaded = 0

window.bench = {
  async load(count) {
    loaded = count
    layer.set(makeDots(count).map((dot) => marker(dot)))
    globe.scene!.requestRender()
    globe.scene!.render()
    stubDrawing(globe.scene!)
  },
  tick: (tick) => {
    const changed = changes(loaded, tick).map(({ index, position, tone }) => marker({ id: `dot-${index}`, position, tone }))
    return timed(globe.scene!, () => layer.patch(changed))
  },
  still: () => timed(globe.scene!, () => undefined),
}

function marker(dot: Pick<Marker, 'id' | 'position' | 'tone'>): Marker {
  return { ...dot, symbol: null, caption: null, label: null, isStale: false }
}
