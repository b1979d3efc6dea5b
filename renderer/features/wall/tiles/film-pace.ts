// Keeps one playing film at its place by the station's clock: set there before it is first seen, then kept by its speed.
import { aheadS, jumpS, nearS, rateOf, wantedS } from './film-clock.ts'

const checkEveryMs = 250
const mostLeadS = 2

/** @param options.onNear it is at its place: called each time it is found there @returns what ends it */
export function keepPace(film: HTMLVideoElement, options: { now: () => number; onNear: () => void }): () => void {
  /** A set film goes on only when its frames are there: so much it is set ahead. */
  let leadS = 0
  let isSet = false

  function set(): void {
    film.currentTime = (wantedS(options.now(), film.duration) + leadS) % film.duration
    isSet = true
  }
  function check(): void {
    if (!Number.isFinite(film.duration) || film.duration <= 0 || film.seeking || film.paused || film.readyState < film.HAVE_CURRENT_DATA) return
    const ahead = aheadS(film.currentTime, { nowMs: options.now(), durationS: film.duration })
    // What it came short by after it was set is added the next time.
    if (isSet) leadS = Math.min(mostLeadS, Math.max(0, leadS - ahead))
    isSet = false
    if (Math.abs(ahead) > jumpS && film.duration > jumpS * 2) return set()
    film.playbackRate = rateOf(ahead)
    if (Math.abs(ahead) < nearS) options.onNear()
  }
  function onMetadata(): void {
    if (Number.isFinite(film.duration) && film.duration > 0) set()
  }
  film.addEventListener('loadedmetadata', onMetadata)
  film.addEventListener('playing', check)
  if (film.readyState >= film.HAVE_METADATA) onMetadata()
  const timer = setInterval(check, checkEveryMs)
  return () => {
    clearInterval(timer)
    film.removeEventListener('loadedmetadata', onMetadata)
    film.removeEventListener('playing', check)
  }
}
