// From whatever was thrown to what the officer reads: what happened, what is safe, what to do next. Never a raw message.
import { t } from './i18n.ts'
import { pageError } from './page-error.ts'

export { isPassing, type PageError, pageError, type PageErrorCode } from './page-error.ts'

export interface ErrorWords {
  /** What happened. */
  what: string
  /** What is safe. */
  safe: string
  /** What to do next. */
  next: string
}

/** In the page's present language. */
export function errorWords(error: unknown): ErrorWords {
  const { code, params } = pageError(error)
  return { what: t(`errors.${code}.what`, params), safe: t(`errors.${code}.safe`, params), next: t(`errors.${code}.next`, params) }
}
