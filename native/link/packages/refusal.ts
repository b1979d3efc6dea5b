// Why a package is refused as a whole.
import { type PackageRefusal, WanglouError } from '../../contract/index.ts'

/** @param about e.g. `part`: the file it was found in; `missing`: numbers of parts that are not there */
export function refused(reason: PackageRefusal, about: Record<string, string | number> = {}): WanglouError {
  return new WanglouError('PACKAGE_REFUSED', { reason, ...about })
}

/** The reason of a refusal; null when the error is another one. */
export function refusalOf(error: unknown): PackageRefusal | null {
  if (!(error instanceof WanglouError) || error.code !== 'PACKAGE_REFUSED') return null
  return error.params['reason'] as PackageRefusal
}
