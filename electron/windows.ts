// One window for each chosen display; opened, moved and closed as displays come and go, reloaded when a page dies.
import { type BrowserWindow, type Display, screen, session } from 'electron'
import { chooseDisplays, type DisplayChoice } from './displays.ts'
import { loadPage, openPageWindow } from './page-window.ts'
import { isOwn } from './security.ts'

export interface WindowsOptions {
  choice: DisplayChoice
  isKiosk: boolean
  /** Folder of the compiled shell, where preload.cjs lies. */
  folder: string
}

export class Windows {
  readonly #options: WindowsOptions
  readonly #byDisplay = new Map<number, BrowserWindow>()
  #url: string | null = null

  constructor(options: WindowsOptions) {
    this.#options = options
    const arrange = () => this.#arrange()
    screen.on('display-added', arrange)
    screen.on('display-removed', arrange)
    screen.on('display-metrics-changed', arrange)
  }

  /** The station's origin; null until it was ready once. */
  get origin(): string | null {
    return this.#url === null ? null : new URL(this.#url).origin
  }

  /**
   * Shows the station that has become ready. The first time each window loads its address. After a restart the new token is only
   * exchanged for the cookie all windows share: a page reconnects by itself and keeps what was being typed.
   */
  async show(url: string): Promise<void> {
    this.#url = url
    const isFirst = this.#byDisplay.size === 0
    if (!isFirst) await session.defaultSession.fetch(url, { credentials: 'include' })
    for (const window of this.#byDisplay.values()) {
      if (!isOwn(window.webContents.getURL(), this.origin)) await window.loadURL(this.origin ?? url)
    }
    if (isFirst) await this.#openFirst(url)
  }

  focus(): void {
    const [window] = this.#byDisplay.values()
    if (window === undefined) return
    if (window.isMinimized()) window.restore()
    window.focus()
  }

  /** The token can be used once: the first window exchanges it, the others follow with the cookie. */
  async #openFirst(url: string): Promise<void> {
    const [first, ...rest] = this.#chosen()
    if (first === undefined) return
    await this.#open(first).loadURL(url)
    for (const display of rest) await this.#open(display).loadURL(new URL(url).origin)
  }

  #chosen(): Display[] {
    return chooseDisplays(screen.getAllDisplays(), screen.getPrimaryDisplay(), this.#options.choice)
  }

  #arrange(): void {
    const origin = this.origin
    if (origin === null) return
    const chosen = this.#chosen()
    // New ones first: closing the last window would end the program.
    for (const display of chosen) {
      const window = this.#byDisplay.get(display.id)
      if (window === undefined) loadPage(this.#open(display), origin)
      else if (this.#options.isKiosk) window.setBounds(display.bounds)
    }
    for (const [id, window] of this.#byDisplay) if (!chosen.some((display) => display.id === id)) window.close()
  }

  #open(display: Display): BrowserWindow {
    const { isKiosk, folder } = this.#options
    const window = openPageWindow({ area: display.workArea, isKiosk, folder, address: () => this.origin })
    this.#byDisplay.set(display.id, window)
    window.once('closed', () => this.#byDisplay.delete(display.id))
    return window
  }
}
