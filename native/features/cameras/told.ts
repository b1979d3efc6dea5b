// What a camera refuses, as the page is told it.
import { StreamError, WanglouError } from '../../contract/index.ts'

export async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StreamError)) throw error
    throw new WanglouError('CAMERA_REFUSED', { ...error.fault.params, fault: error.fault.code })
  }
}
