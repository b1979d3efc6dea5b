// Imagery of a GCJ-02 source set right: each tile is put together from up to four of the source's, shifted (see gcj-tiles.ts).
import { type ImageryTypes, UrlTemplateImageryProvider } from 'cesium'
import type { Tiling } from '../../native/contract/index.ts'
import { gcjPieces, TILE_PX } from './gcj-tiles.ts'

export class GcjImageryProvider extends UrlTemplateImageryProvider {
  readonly #template: string
  readonly #tiling: Tiling

  constructor(options: UrlTemplateImageryProvider.ConstructorOptions & { url: string }, tiling: Tiling) {
    super(options)
    this.#template = options.url
    this.#tiling = tiling
  }

  override requestImage(x: number, y: number, level: number): Promise<ImageryTypes> | undefined {
    return this.#compose(x, y, level)
  }

  async #compose(x: number, y: number, level: number): Promise<ImageryTypes> {
    const pieces = gcjPieces(x, y, level, this.#tiling)
    const images = await Promise.allSettled(pieces.map((piece) => this.#load(piece.x, piece.y, level)))
    const tile = document.createElement('canvas')
    tile.width = tile.height = TILE_PX
    const canvas = tile.getContext('2d')
    if (canvas === null) throw new Error('no 2D canvas')
    let drawn = 0
    pieces.forEach((piece, index) => {
      const image = images[index]
      if (image?.status !== 'fulfilled' || image.value === null) return
      canvas.drawImage(image.value, piece.offsetX, piece.offsetY, TILE_PX, TILE_PX)
      drawn++
    })
    if (drawn === 0) throw new Error('no tile')
    return tile
  }

  /** Plainly, upright: Cesium's own loader would hand bitmaps over upside down, as textures want them. */
  async #load(x: number, y: number, level: number): Promise<ImageBitmap | null> {
    const url = this.#template.replace('{z}', String(level)).replace('{x}', String(x)).replace('{y}', String(y))
    const response = await fetch(url)
    return response.status === 200 ? createImageBitmap(await response.blob()) : null
  }
}
