// From whatever was thrown to a code of the closed list and its parameters. Pure.
import { TRPCClientError } from '@trpc/client'
import { type ErrorCode, type ErrorParams, WanglouError, errorCodes } from '../../native/contract/index.ts'

/** `UNREACHABLE`: the station did not answer; the one code the page makes itself. */
export type PageErrorCode = ErrorCode | 'UNREACHABLE'

export interface PageError {
  code: PageErrorCode
  params: ErrorParams
}

function isErrorCode(code: unknown): code is ErrorCode {
  return errorCodes.includes(code as ErrorCode)
}

/** @returns the code and parameters of an error of the station; a lost line is `UNREACHABLE`, a bug of the page `INTERNAL` */
export function pageError(error: unknown): PageError {
  if (error instanceof WanglouError) return { code: error.code, params: error.params }
  if (!(error instanceof TRPCClientError)) return { code: 'INTERNAL', params: {} }
  const data: unknown = error.data
  if (typeof data === 'object' && data !== null && 'code' in data && isErrorCode(data.code)) {
    return { code: data.code, params: 'params' in data ? (data.params as ErrorParams) : {} }
  }
  return { code: 'UNREACHABLE', params: {} }
}

/** @returns whether asking again may help */
export function isPassing(error: unknown): boolean {
  return pageError(error).code === 'UNREACHABLE'
}
