// What a page in the shell may do: talk to its own station and nothing else; a web page on the wall, which is a frame of one, to the network and not to us.
import { app, type Session, shell, type WebContents } from 'electron'
import { type Asked, isOfWebTile, isScreenPage, isWallPage, mayWebTileFetch } from './web-tiles.ts'

/** Asked for by the page and granted to the station's own origin; everything not listed is refused. */
export const grantedPermissions: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  // A screen or window that its person picks: screen-share.ts.
  'display-capture',
  'fullscreen',
  'media',
  'notifications',
  'window-management',
])

/** Handed to the system: a click on a telephone number dials. */
export const outsideSchemes: ReadonlySet<string> = new Set(['tel:', 'sip:'])

/** Added when an answer of the station carries none of its own; the station's is the strict one. */
export const fallbackPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; " +
  "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

/** True for the station's own origin; `ws:` counts as its `http:`. */
export function isOwn(url: string, origin: string | null): boolean {
  if (origin === null || !URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return `${protocol.replace(/^ws/, 'http')}//${host}` === origin
}

/** True for a request that leaves for another host or a file; what never leaves the program (blob, data, its own tools) may pass. */
export function isOutside(url: string, origin: string | null): boolean {
  return !isOwn(url, origin) && !/^(blob|data|devtools|chrome-extension):/.test(url)
}

/**
 * Locks one session: permissions from the list, no devices, no request to another host, a policy on every page.
 * @param origin of the station; null until it is ready
 */
export function lockSession(session: Session, origin: () => string | null): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(grantedPermissions.has(permission) && isOwn(details.requestingUrl, origin()))
  })
  session.setPermissionCheckHandler((_contents, permission, requester) => grantedPermissions.has(permission) && isOwn(requester, origin()))
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, answer) => {
    mayFetch(session, details, origin()).then(
      (may) => answer({ cancel: !may }),
      () => answer({ cancel: true }),
    )
  })
  session.webRequest.onHeadersReceived(({ url, responseHeaders = {} }, answer) =>
    answer({ responseHeaders: isOwn(url, origin()) ? withPolicy(responseHeaders) : responseHeaders }),
  )
}

async function mayFetch(session: Session, asked: Asked, origin: string | null): Promise<boolean> {
  if (!isOfWebTile(asked, origin)) return !isOutside(asked.url, origin)
  return mayWebTileFetch(asked, {
    origin,
    resolve: async (host) => (await session.resolveHost(host)).endpoints.map(({ address }) => address),
  })
}

/** Keeps a policy that is there. */
export function withPolicy(headers: Record<string, string[]>): Record<string, string[]> {
  const has = Object.keys(headers).some((name) => name.toLowerCase() === 'content-security-policy')
  return has ? headers : { ...headers, 'Content-Security-Policy': [fallbackPolicy] }
}

/** A page asks for a window that is a screen of the wall. */
export interface ScreenAsked {
  url: string
  /** `left=1920,top=0,…` */
  features: string
  by: WebContents
}

export interface LockOptions {
  origin: () => string | null
  onScreen: (asked: ScreenAsked) => void
}

/** Locks every page that will ever be made: no navigation away, no window of its own but a screen of the wall, no embedded page. */
export function lockAllContents(options: LockOptions): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, options))
}

function lockContents(contents: WebContents, { origin, onScreen }: LockOptions): void {
  const stay = (details: { url: string; isMainFrame?: boolean; preventDefault: () => void }) => {
    if (isOwn(details.url, origin())) return
    // A web page on the wall stays in its frame; what it fetches is judged as a request.
    if (details.isMainFrame === false && /^https?:/.test(details.url) && isWallPage(contents.getURL(), origin())) return
    details.preventDefault()
    openOutside(details.url)
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url, features }) => {
    if (isScreenPage(url, origin()) && isOwn(contents.getURL(), origin())) onScreen({ url, features, by: contents })
    else openOutside(url)
    return { action: 'deny' }
  })
}

function openOutside(url: string): void {
  if (!URL.canParse(url) || !outsideSchemes.has(new URL(url).protocol)) return
  shell.openExternal(url).catch((error: unknown) => console.error(`Nothing on this machine opens ${new URL(url).protocol}`, error))
}
