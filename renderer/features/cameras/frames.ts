// What a video shows now, drawn on a canvas.

/** @returns false: it shows nothing */
export function keepFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement, widestPx = Infinity): boolean {
  if (video.videoWidth === 0) return false
  const scale = Math.min(1, widestPx / video.videoWidth)
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return true
}
