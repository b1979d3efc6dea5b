// A layer of the few hundred symbols that matter, drawn on the sheet over the globe so that their words stay readable at any render scale.
import type { LonLat } from '../../native/contract/index.ts'
import type { Stamp } from './paper.ts'
import { PaperLayer } from './paper-layer.ts'
import type { Marker, MarkerLayer } from './types.ts'

export class IconLayer extends PaperLayer<Marker> implements MarkerLayer {
  protected readonly kind = 'icons'

  collect(sheet: { stamps: Stamp[] }): void {
    if (!this.isSeen) return
    for (const { item, world } of this.items.values()) {
      const { symbol, caption, tone, label, isStale } = item
      sheet.stamps.push({ picked: { layer: this.id, id: item.id }, world, symbol, caption, tone, label, isStale, opacity: this.opacity })
    }
  }

  attach(): void {
    this.requestRender()
  }

  detach(): void {
    // Nothing of it belongs to the scene.
  }

  protected placeOf(marker: Marker): LonLat {
    return marker.position
  }

  protected redraw(): void {
    this.requestRender()
  }
}
