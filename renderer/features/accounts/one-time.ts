// A one-time password just used to sign in, held in the page's memory for the change that comes next, so that nobody types it twice.

/** A page left standing does not hold it: five minutes. */
const heldMs = 5 * 60_000
let held: { login: string; password: string; untilAt: number } | null = null

export function hold(login: string, password: string, nowMs = Date.now()): void {
  held = { login, password, untilAt: nowMs + heldMs }
}

/** @returns the password, or empty where none is held, it is another person's, or too old */
export function heldFor(login: string, nowMs = Date.now()): string {
  return held !== null && held.login === login && nowMs < held.untilAt ? held.password : ''
}

export function forget(): void {
  held = null
}
