// The parts of `electron` that the shell uses, as plain event emitters that a test can look into.
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { type Mock, vi } from 'vitest'
import type { Asked } from '../web-tiles.ts'

export class FakeProcess extends EventEmitter {
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  readonly postMessage = vi.fn()
  readonly kill = vi.fn(() => true)
  readonly script: string
  readonly args: readonly string[]
  readonly options: { env?: Record<string, string | undefined> }
  constructor(script: string, args: readonly string[], options: { env?: Record<string, string | undefined> }) {
    super()
    this.script = script
    this.args = args
    this.options = options
  }
}

export class FakeContents extends EventEmitter {
  url = ''
  openHandler: (details: { url: string; features: string }) => { action: string } = () => ({ action: 'allow' })
  getURL() {
    return this.url
  }
  setWindowOpenHandler(handler: FakeContents['openHandler']) {
    this.openHandler = handler
  }
}

export interface FakeWindowOptions {
  kiosk: boolean
  x: number
  webPreferences: Record<string, unknown>
}

/** The answer Chromium gives to a page; `null` loads well. */
type Load = (url: string) => Error | null

/** What a list of screens and windows is made of. */
export interface FakeSource {
  id: string
  name: string
  thumbnail: { isEmpty: () => boolean }
}

export interface FakeMenu {
  items: { label?: string; icon?: unknown; type?: string; click?: () => void }[]
  /** It was put away, chosen from or not. */
  close: () => void
}

export class FakeSession {
  onRequest: (details: Asked, answer: (response: { cancel: boolean }) => void) => void = () => {}
  /** Addresses of names; what is not here is not known. */
  readonly names: Record<string, string[]> = {}
  resolveHost = (host: string) => {
    const addresses = this.names[host]
    return addresses === undefined
      ? Promise.reject(new Error('ERR_NAME_NOT_RESOLVED'))
      : Promise.resolve({ endpoints: addresses.map((address) => ({ address })) })
  }
  onHeaders: (
    details: { url: string; responseHeaders?: Record<string, string[]> },
    answer: (response: { responseHeaders: Record<string, string[]> }) => void,
  ) => void = () => {}
  onPermission: (contents: unknown, permission: string, answer: (granted: boolean) => void, details: { requestingUrl: string }) => void = () => {}
  onPermissionCheck: (contents: unknown, permission: string, requester: string) => boolean = () => true
  onDevice: () => boolean = () => true
  hasSpellChecker = true
  readonly fetch = vi.fn(() => Promise.resolve(new Response('')))
  readonly webRequest = {
    onBeforeRequest: (listener: FakeSession['onRequest']) => (this.onRequest = listener),
    onHeadersReceived: (listener: FakeSession['onHeaders']) => (this.onHeaders = listener),
  }
  setPermissionRequestHandler = (handler: FakeSession['onPermission']) => (this.onPermission = handler)
  setPermissionCheckHandler = (handler: FakeSession['onPermissionCheck']) => (this.onPermissionCheck = handler)
  setDevicePermissionHandler = (handler: FakeSession['onDevice']) => (this.onDevice = handler)
  onDisplayMedia: (request: { frame: unknown; securityOrigin: string }, answer: (streams: { video?: unknown } | null) => void) => void = () => {}
  setDisplayMediaRequestHandler = (handler: FakeSession['onDisplayMedia']) => (this.onDisplayMedia = handler)
  setSpellCheckerEnabled = (isEnabled: boolean) => (this.hasSpellChecker = isEnabled)
}

class FakeApp extends EventEmitter {
  isFirst = true
  readonly commandLine = { appendSwitch: vi.fn() }
  readonly setPath = vi.fn()
  readonly getPath = vi.fn(() => '/nowhere/wanglou-shell')
  readonly quit = vi.fn()
  readonly exit = vi.fn()
  whenReady = () => Promise.resolve()
  requestSingleInstanceLock = () => this.isFirst
}

export interface FakeDisplay {
  id: number
  bounds: { x: number; y: number; width: number; height: number }
  workArea: { x: number; y: number; width: number; height: number }
}

class FakeScreen extends EventEmitter {
  displays: FakeDisplay[] = [display(1, 0)]
  getAllDisplays = () => this.displays
  getPrimaryDisplay = () => {
    const [primary] = this.displays
    if (primary === undefined) throw new Error('a desk without displays')
    return primary
  }
  getDisplayNearestPoint = ({ x }: { x: number }) =>
    this.displays.find(({ bounds }) => x >= bounds.x && x < bounds.x + bounds.width) ?? this.getPrimaryDisplay()
  getDisplayMatching = ({ x }: { x: number }) => this.getDisplayNearestPoint({ x })
}

/** A display of 1920 × 1080 whose left edge stands at `x`. */
export function display(id: number, x: number): FakeDisplay {
  const area = { x, y: 0, width: 1920, height: 1080 }
  return { id, bounds: area, workArea: area }
}

export interface FakeElectron {
  module: Record<string, unknown>
  app: FakeApp
  screen: FakeScreen
  session: FakeSession
  processes: FakeProcess[]
  windows: FakeWindow[]
  /** Decides what each load comes to. */
  load: { answer: Load }
  openExternal: ReturnType<typeof vi.fn>
  showErrorBox: ReturnType<typeof vi.fn>
  showMessageBox: ReturnType<typeof vi.fn>
  getSources: Mock<() => Promise<FakeSource[]>>
  menus: FakeMenu[]
  exposed: Record<string, unknown>
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: FakeWindowOptions
  readonly loads: string[] = []
  readonly setBounds = vi.fn()
  readonly focus = vi.fn()
  readonly restore = vi.fn()
  isGone = false
  readonly #load: { answer: Load }
  constructor(options: FakeWindowOptions, load: { answer: Load }) {
    super()
    this.options = options
    this.#load = load
  }
  getBounds = () => this.options
  isMinimized = () => true
  isDestroyed = () => this.isGone
  loadURL(url: string): Promise<void> {
    this.loads.push(url)
    const error = this.#load.answer(url)
    if (error !== null) return Promise.reject(error)
    this.webContents.url = url
    return Promise.resolve()
  }
  close() {
    this.isGone = true
    this.emit('closed')
  }
}

/** A fresh fake; give `module` to `vi.doMock('electron', …)`. */
export function fakeElectron(): FakeElectron {
  const processes: FakeProcess[] = []
  const windows: FakeElectron['windows'] = []
  const load = { answer: (() => null) as Load }
  const app = new FakeApp()
  const screen = new FakeScreen()
  const session = new FakeSession()
  const openExternal = vi.fn(() => Promise.resolve())
  const showErrorBox = vi.fn()
  const showMessageBox = vi.fn(() => Promise.resolve({ response: 0 }))
  const getSources = vi.fn(() => Promise.resolve<FakeSource[]>([]))
  const menus: FakeMenu[] = []
  const exposed: Record<string, unknown> = {}
  const module = {
    app,
    screen,
    session: { defaultSession: session },
    shell: { openExternal },
    dialog: { showErrorBox, showMessageBox },
    desktopCapturer: { getSources },
    webContents: { fromFrame: (frame: { contents: FakeContents }) => frame.contents },
    Menu: {
      buildFromTemplate: (items: FakeMenu['items']) => ({
        popup: ({ callback }: { callback: () => void }) => menus.push({ items, close: callback }),
      }),
    },
    BrowserWindow: class extends FakeWindow {
      static fromWebContents(contents: FakeContents) {
        return windows.find(({ webContents }) => webContents === contents) ?? null
      }
      constructor(options: FakeWindowOptions) {
        super(options, load)
        windows.push(this)
      }
    },
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (exposed[name] = value) },
    utilityProcess: {
      fork: (script: string, args: readonly string[], options: FakeProcess['options']) => {
        const child = new FakeProcess(script, args, options)
        processes.push(child)
        return child
      },
    },
  }
  return { module, app, screen, session, processes, windows, load, openExternal, showErrorBox, showMessageBox, getSources, menus, exposed }
}
