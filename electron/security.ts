// What a page in the shell may do: talk to its own station and nothing else.
import { app, type Session, shell, type WebContents } from 'electron'

/** Asked for by the page and granted to the station's own origin; everything not listed is refused. */
export const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen', 'media', 'notifications'])

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

/** True for a request that leaves for another host; what never leaves the program (blob, data, its own tools) may pass. */
export function isOutside(url: string, origin: string | null): boolean {
  return !isOwn(url, origin) && !/^(blob|data|devtools|chrome-extension|file):/.test(url)
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
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: isOutside(details.url, origin()) }))
  session.webRequest.onHeadersReceived((details, answer) => answer({ responseHeaders: withPolicy(details.responseHeaders ?? {}) }))
}

/** Keeps a policy that is there. */
export function withPolicy(headers: Record<string, string[]>): Record<string, string[]> {
  const has = Object.keys(headers).some((name) => name.toLowerCase() === 'content-security-policy')
  return has ? headers : { ...headers, 'Content-Security-Policy': [fallbackPolicy] }
}

/** Locks every page that will ever be made: no navigation away, no window of its own, no embedded page. */
export function lockAllContents(origin: () => string | null): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, origin))
}

function lockContents(contents: WebContents, origin: () => string | null): void {
  const stay = (details: { url: string; preventDefault: () => void }) => {
    if (isOwn(details.url, origin())) return
    details.preventDefault()
    openOutside(details.url)
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}

function openOutside(url: string): void {
  if (!URL.canParse(url) || !outsideSchemes.has(new URL(url).protocol)) return
  shell.openExternal(url).catch((error: unknown) => console.error(`Nothing on this machine opens ${new URL(url).protocol}`, error))
}
