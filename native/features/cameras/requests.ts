// What the camera routes read of a request: which stream, and a body within bounds.
import type { IncomingMessage } from 'node:http'
import { CameraQuality, Id, WanglouError } from '../../contract/index.ts'

export const sdpLimitBytes = 65_536

/** `<camera>/<quality>` @throws WanglouError NOT_FOUND */
export function streamOf(path: string): [string, CameraQuality] {
  const [id, quality, ...rest] = path.split('/')
  const [camera, asked] = [Id.safeParse(id), CameraQuality.safeParse(quality)]
  if (!camera.success || !asked.success || rest.length > 0) throw new WanglouError('NOT_FOUND')
  return [camera.data, asked.data]
}

/** @throws WanglouError TOO_LARGE */
export async function bodyOf(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limitBytes) throw new WanglouError('TOO_LARGE', { limitBytes })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
