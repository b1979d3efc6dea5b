// Bare Cesium with the same buffer collection and the same dots, nothing of ours in between; also the bare page of `globe.start`.
import { BoundingSphere, BufferPoint, BufferPointCollection, BufferPointMaterial, Cartesian3, Color } from 'cesium'
import { toneColour } from '../tones.ts'
import type { Tone } from '../types.ts'
import { makeBareWidget } from './bare-widget.ts'
import { stubDrawing, timed } from './measure.ts'
import { changes, makeDots } from './points-data.ts'

const { scene } = makeBareWidget()
const first = scene.postRender.addEventListener(() => {
  first()
  performance.mark('globe')
})
const whole = scene.postRender.addEventListener(() => {
  if (!scene.globe.tilesLoaded) return
  whole()
  performance.mark('globe-whole')
})
const point = new BufferPoint()
const world = new Cartesian3()
const materials = new Map<Tone, BufferPointMaterial>()
for (const [tone, colour] of Object.entries(toneColour)) {
  const outlineColor = Color.fromCssColorString('#0b1118')
  materials.set(tone as Tone, new BufferPointMaterial({ color: Color.fromCssColorString(colour), size: 8, outlineColor, outlineWidth: 1 }))
}
let collection: BufferPointCollection
let loaded = 0

window.bench = {
  async load(count) {
    loaded = count
    const boundingVolume = new BoundingSphere(Cartesian3.ZERO, 6_378_137)
    collection = scene.primitives.add(
      new BufferPointCollection({ primitiveCountMax: 131_072, allowPicking: true, boundingVolume }),
    ) as BufferPointCollection
    for (const dot of makeDots(count)) {
      collection.add({ position: Cartesian3.fromDegrees(...dot.position, 0, undefined, world), material: materials.get(dot.tone)! }, point)
    }
    scene.requestRender()
    scene.render()
    stubDrawing(scene)
  },
  tick: (tick) => {
    const changed = changes(loaded, tick)
    return timed(scene, () => {
      for (const { index, position, tone } of changed) {
        collection.get(index, point)
        point.setPosition(Cartesian3.fromDegrees(...position, 0, undefined, world))
        point.setMaterial(materials.get(tone)!)
      }
    })
  },
  still: () => timed(scene, () => undefined),
}
