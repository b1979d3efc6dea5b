// Screens of the wall on this console's own displays: each in a kiosk window on the display it was opened on, remembered, closed and opened again as displays come and go.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { BrowserWindow, type Display, type Rectangle, screen } from 'electron'
import { loadPage, openPageWindow } from './page-window.ts'
import type { ScreenAsked } from './security.ts'

export interface WallWindowsOptions {
  /** Folder of the compiled shell. */
  folder: string
  /** Where it is remembered which display is which screen. */
  file: string
}

interface Place {
  /** `/wall/<screen>` */
  path: string
  /** The system's number of the display; it may change over a restart, then the display at the same place is meant. */
  display: number
  bounds: Rectangle
}

export class WallWindows {
  readonly #options: WallWindowsOptions
  readonly #windows = new Map<string, BrowserWindow>()
  #places: Place[]
  #origin: string | null = null
  /** Closed by the shell itself: its place is kept. */
  readonly #ours = new Set<BrowserWindow>()

  constructor(options: WallWindowsOptions) {
    this.#options = options
    this.#places = readPlaces(options.file)
    for (const event of ['display-added', 'display-removed', 'display-metrics-changed'] as const)
      screen.on(event as 'display-added', () => this.#arrange())
  }

  /** The station is ready, perhaps again and elsewhere. */
  show(origin: string): void {
    const isMoved = this.#origin !== null && this.#origin !== origin
    this.#origin = origin
    if (isMoved) for (const [path, window] of this.#windows) loadPage(window, origin + path)
    this.#arrange()
  }

  /** A page asked for a screen, at a place on the desk that it named; without one, on the display where the page is. */
  open({ url, features, by }: ScreenAsked): void {
    const asker = BrowserWindow.fromWebContents(by)
    const [x, y] = ['left', 'top'].map((name) => Number(new RegExp(`\\b${name}=(-?\\d+)`).exec(features)?.[1] ?? Number.NaN)) as [number, number]
    const display = Number.isNaN(x) || Number.isNaN(y) ? displayOf(asker) : screen.getDisplayNearestPoint({ x, y })
    const path = new URL(url).pathname
    // One screen a display, one display a screen.
    const gone = this.#places.filter((place) => place.path !== path && findDisplay(place)?.id === display.id)
    this.#places = [
      ...this.#places.filter((place) => place.path !== path && !gone.includes(place)),
      { path, display: display.id, bounds: display.bounds },
    ]
    this.#keep()
    for (const place of [...gone, { path }]) this.#close(place.path)
    this.#arrange()
  }

  /** The program ends: what was open is opened again the next time. */
  end(): void {
    for (const window of this.#windows.values()) this.#ours.add(window)
  }

  #arrange(): void {
    const origin = this.#origin
    if (origin === null) return
    for (const place of this.#places) {
      const display = findDisplay(place)
      const window = this.#windows.get(place.path)
      if (display === null) this.#close(place.path)
      else if (window === undefined) loadPage(this.#make(place, display), origin + place.path)
      else window.setBounds(display.bounds)
    }
  }

  #make({ path }: Place, display: Display): BrowserWindow {
    const address = () => (this.#origin === null ? null : this.#origin + path)
    const window = openPageWindow({ area: display.bounds, isKiosk: true, folder: this.#options.folder, address })
    this.#windows.set(path, window)
    window.once('closed', () => {
      if (this.#windows.get(path) === window) this.#windows.delete(path)
      // Closed by a person: it is not to come back by itself.
      if (this.#ours.delete(window)) return
      this.#places = this.#places.filter((place) => place.path !== path)
      this.#keep()
    })
    return window
  }

  #close(path: string): void {
    const window = this.#windows.get(path)
    if (window === undefined) return
    this.#ours.add(window)
    this.#windows.delete(path)
    window.close()
  }

  #keep(): void {
    const { file } = this.#options
    try {
      writeFileSync(`${file}.new`, JSON.stringify(this.#places))
      renameSync(`${file}.new`, file)
    } catch (error) {
      console.error('Which display is which screen could not be remembered.', error)
    }
  }
}

function displayOf(window: BrowserWindow | null): Display {
  return window === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(window.getBounds())
}

function findDisplay({ display, bounds }: Place): Display | null {
  const all = screen.getAllDisplays()
  const isSame = (one: Rectangle) => (['x', 'y', 'width', 'height'] as const).every((side) => one[side] === bounds[side])
  return all.find(({ id }) => id === display) ?? all.find((one) => isSame(one.bounds)) ?? null
}

/** A file that is not there, or is not ours, remembers nothing. */
function readPlaces(file: string): Place[] {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(read) ? read.filter(isPlace) : []
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') console.error(`${file} cannot be read; no screen is opened by itself.`, error)
    return []
  }
}

function isPlace(value: unknown): value is Place {
  const { path, display, bounds } = (value ?? {}) as Partial<Place>
  const isArea = bounds !== undefined && Object.values(bounds).length >= 4 && Object.values(bounds).every(Number.isFinite)
  return /^\/wall\/[0-9a-f-]{36}$/.test(path ?? '') && Number.isInteger(display) && isArea
}
