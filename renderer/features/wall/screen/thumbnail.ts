// A small picture of what the page really shows: films, pictures, charts and the globe as they stand, boards by the words that are on them.
import { paintedGlobe } from '../tiles/globe-seat.ts'

const width = 240
type Picture = HTMLImageElement | HTMLVideoElement | HTMLCanvasElement

/** @returns a JPEG as a data address; null = there is nothing to draw */
export function thumbnailOf(stage: HTMLElement | null): string | null {
  const outer = stage?.getBoundingClientRect()
  if (stage === null || outer === undefined || outer.width === 0) return null
  const canvas = document.createElement('canvas')
  const scale = width / outer.width
  canvas.width = width
  canvas.height = Math.round(outer.height * scale)
  const context = canvas.getContext('2d')
  if (context === null) return null
  context.fillStyle = '#0d131a'
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const place of stage.querySelectorAll<HTMLElement>('.layer:not(.unseen) .place')) {
    const box = place.getBoundingClientRect()
    const [x, y, w, h] = [(box.left - outer.left) * scale, (box.top - outer.top) * scale, box.width * scale, box.height * scale]
    context.save()
    context.beginPath()
    context.rect(x, y, w, h)
    context.clip()
    context.fillStyle = '#1a2430'
    context.fillRect(x + 0.5, y + 0.5, w - 1, h - 1)
    drawWords(context, place.innerText, { x, y })
    const globe = paintedGlobe(place)
    const at = (element: HTMLElement) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return { x: (left - outer.left) * scale, y: (top - outer.top) * scale, w: width * scale, h: height * scale }
    }
    for (const picture of place.querySelectorAll<Picture>('img, video, canvas'))
      if (!picture.matches('.coming') && globe?.place.contains(picture) !== true) drawPicture(context, picture, at(picture))
    for (const layer of globe?.layers ?? []) {
      const { x: left, y: top, w: wide, h: high } = at(globe!.place)
      context.drawImage(layer, left, top, wide, high)
    }
    context.restore()
  }
  return canvas.toDataURL('image/jpeg', 0.6)
}

function drawPicture(context: CanvasRenderingContext2D, picture: Picture, { x, y, w, h }: { x: number; y: number; w: number; h: number }): void {
  const [pictureWidth, pictureHeight] = sizeOf(picture)
  if (pictureWidth === 0 || pictureHeight === 0 || w === 0 || h === 0) return
  const fit = Math.min(w / pictureWidth, h / pictureHeight)
  context.drawImage(picture, x + (w - pictureWidth * fit) / 2, y + (h - pictureHeight * fit) / 2, pictureWidth * fit, pictureHeight * fit)
}

function sizeOf(picture: Picture): [width: number, height: number] {
  if (picture instanceof HTMLVideoElement) return [picture.videoWidth, picture.videoHeight]
  return picture instanceof HTMLImageElement ? [picture.naturalWidth, picture.naturalHeight] : [picture.width, picture.height]
}

function drawWords(context: CanvasRenderingContext2D, words: string, { x, y }: { x: number; y: number }): void {
  context.fillStyle = '#e6ecf2'
  context.font = '8px sans-serif'
  for (const [line, text] of words.split('\n').filter(Boolean).slice(0, 12).entries()) context.fillText(text.slice(0, 60), x + 3, y + 11 + line * 10)
}
