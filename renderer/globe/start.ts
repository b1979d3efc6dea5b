// The page's first script: the globe, whose code is the largest by far, is drawn behind the page; then the page itself comes.
import { firstPicture } from './boot.ts'

/** A machine that draws slowly, or not at all, does not keep anybody from the page. */
const LONGEST_WAIT_MS = 1500

// A screen of the wall draws a globe where its scene has one, and not before: a wall is many pages on one machine.
const isWall = /^\/wall(\/|$)/.test(window.location.pathname)
if (!isWall) await firstPicture(LONGEST_WAIT_MS)
await import('../app/main.ts')

export {}
