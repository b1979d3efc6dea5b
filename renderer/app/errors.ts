// From whatever was thrown to what the officer reads: what happened, what is safe, what to do next. Never a raw message.
import { t, te } from './i18n.ts'
import { type PageError, pageError } from './page-error.ts'

export { isPassing, type PageError, pageError, type PageErrorCode } from './page-error.ts'

export interface ErrorWords {
  /** What happened. */
  what: string
  /** What is safe. */
  safe: string
  /** What to do next. */
  next: string
}

/** A stream's fault within an error is a code of its own (`contract/stream-faults.ts`): said in the words that its tile would use. */
function inWords(params: PageError['params']): PageError['params'] {
  const { fault, of } = params
  const keys = [`cameras.faultOf.${of}.${fault}.what`, `cameras.fault.${fault}.what`]
  const key = keys.find((one) => te(one))
  return key === undefined ? params : { ...params, fault: t(key, params) }
}

/** In the page's present language. */
export function errorWords(error: unknown): ErrorWords {
  const { code, params: said } = pageError(error)
  const params = inWords(said)
  return { what: t(`errors.${code}.what`, params), safe: t(`errors.${code}.safe`, params), next: t(`errors.${code}.next`, params) }
}
