// One page in a window of its own: locked down, loaded again when it dies or does not come.
import { join } from 'node:path'
import { BrowserWindow, type Rectangle } from 'electron'

export interface PageWindowOptions {
  area: Rectangle
  isKiosk: boolean
  /** Folder of the compiled shell, where preload.cjs lies. */
  folder: string
  /** What it shows when it has to be loaded again; null = nothing yet. */
  address: () => string | null
}

const reloadDelayMs = 1_000

/** @returns a window that has loaded nothing yet */
export function openPageWindow({ area, isKiosk, folder, address }: PageWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...area,
    title: '望楼',
    backgroundColor: '#10161d',
    autoHideMenuBar: true,
    kiosk: isKiosk,
    webPreferences: {
      preload: join(folder, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      // A console that is covered by another window still rings and still draws its clocks.
      backgroundThrottling: false,
    },
  })
  const revive = (reason: string) => {
    if (reason === 'clean-exit') return
    console.error(`A page ended (${reason}); it is loaded again.`)
    setTimeout(() => {
      const url = address()
      if (!window.isDestroyed() && url !== null) loadPage(window, url)
    }, reloadDelayMs)
  }
  window.webContents.on('render-process-gone', (_event, details) => revive(details.reason))
  window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame && code !== -3) revive(description)
  })
  return window
}

/** A failure comes back as `did-fail-load`, which tries again. */
export function loadPage(window: BrowserWindow, url: string): void {
  window.loadURL(url).catch((error: unknown) => console.error('A page could not be loaded.', error))
}
