// What a platform's refusal, or its silence, means: its own fault, or that of the camera behind it.
import { StreamError } from '../../contract/index.ts'

const codes = { loginAgain: 401, forbidden: 403, missing: 404 }
/** `ErrorCode` 486, 408, and of `InviteErrorCode` 信令超时 and 收流超时. */
const silentCodes: ReadonlySet<number> = new Set([486, 408, -1, -2])
/** A play that ran out of time is told under 100, as every failure is: only the sentence tells them apart. */
const silentWords = /超时|无响应|无应答|不在线|离线|time\s?out|timed out|no response|offline/i
const saidLimit = 80

/** @param code of its answer @param msg what it says itself */
export function answerFault(code: number, msg: unknown): StreamError {
  const said = saidOf(msg) || String(code)
  if (silentCodes.has(code) || (code !== codes.loginAgain && silentWords.test(said))) return new StreamError('camera-silent', { said })
  if (code === codes.loginAgain) return new StreamError('unauthorised').of('platform')
  if (code === codes.forbidden) return new StreamError('forbidden').of('platform')
  if (code === codes.missing) return new StreamError('no-such-stream').of('platform')
  return new StreamError('server-error', { status: code, said }).of('platform')
}

/** What went wrong on the way to it: no answer is its silence, the rest keeps its name and its hop. */
export function wayFault(error: StreamError, timeoutMs: number): StreamError {
  const { code } = error.fault
  if (code !== 'no-answer' && code !== 'connect-timeout') return error.of('platform')
  return new StreamError('platform-silent', { seconds: Math.ceil(timeoutMs / 1000) }, { cause: error })
}

/** HTTP's own status. @returns null: it answers in its own words */
export function statusFaultOf(status: number): StreamError | null {
  if (status === 200) return null
  if (status === codes.loginAgain) return new StreamError('unauthorised').of('platform')
  if (status === codes.forbidden) return new StreamError('forbidden').of('platform')
  // A page of another program, or an address that leads past its interface.
  if (status === codes.missing || status === 405) return new StreamError('not-the-protocol').of('platform')
  return new StreamError('server-error', { status, said: `HTTP ${status}` }).of('platform')
}

/** One line, without what could be a login in an address. */
function saidOf(msg: unknown): string {
  if (typeof msg !== 'string') return ''
  return msg
    .replace(/\/\/[^\s/@]*@/g, '//')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, saidLimit)
}
