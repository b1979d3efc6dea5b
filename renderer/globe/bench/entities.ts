// Bare Cesium with one Entity for each dot: what must not be done, measured to show the factor.
import {
  Cartesian3,
  Color,
  ConstantPositionProperty,
  ConstantProperty,
  CustomDataSource,
  DataSourceCollection,
  DataSourceDisplay,
  Entity,
  JulianDate,
  PointGraphics,
} from 'cesium'
import { toneColour } from '../tones.ts'
import { makeBareWidget } from './bare-widget.ts'
import { stubDrawing, timed } from './measure.ts'
import { changes, makeDots } from './points-data.ts'

const { scene } = makeBareWidget()
const source = new CustomDataSource('dots')
const dataSourceCollection = new DataSourceCollection()
const display = new DataSourceDisplay({ scene, dataSourceCollection })
const entities: Entity[] = []

window.bench = {
  async load(count) {
    source.entities.suspendEvents()
    for (const dot of makeDots(count)) {
      const point = new PointGraphics({
        pixelSize: 8,
        color: Color.fromCssColorString(toneColour[dot.tone]),
        outlineWidth: 1,
        outlineColor: Color.BLACK,
      })
      entities.push(source.entities.add(new Entity({ id: dot.id, position: Cartesian3.fromDegrees(...dot.position), point })))
    }
    source.entities.resumeEvents()
    await dataSourceCollection.add(source)
    display.update(JulianDate.now())
    scene.requestRender()
    scene.render()
    stubDrawing(scene)
  },
  tick: (tick) => {
    const changed = changes(entities.length, tick)
    return timed(scene, () => {
      for (const { index, position, tone } of changed) {
        const entity = entities[index]!
        entity.position = new ConstantPositionProperty(Cartesian3.fromDegrees(...position))
        entity.point!.color = new ConstantProperty(Color.fromCssColorString(toneColour[tone]))
      }
      display.update(JulianDate.now())
    })
  },
  still: () =>
    timed(scene, () => {
      display.update(JulianDate.now())
    }),
}
