// Tells how a text file is encoded by decoding all of it: UTF-8, or the GB18030 that Excel writes in China, or UTF-16 with its mark.
import { createReadStream } from 'node:fs'
import { type Encoding, WanglouError } from '../../../contract/index.ts'

/** So many valid multi-byte sequences do not happen by chance: what breaks after them is broken UTF-8, not GB18030. */
const surelyUtf8 = 10

/** @throws WanglouError FILE_ENCODING with the byte where neither fits */
export async function detectEncoding(path: string): Promise<Encoding> {
  const [first] = await head(path)
  if (first !== undefined && first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  if (first !== undefined && first[0] === 0xfe && first[1] === 0xff) return 'utf-16be'
  const utf8 = await firstFault(path, 'utf-8')
  if (utf8.faultAt === null) return 'utf-8'
  if (utf8.multiByte >= surelyUtf8) throw new WanglouError('FILE_ENCODING', { encoding: 'utf-8', byte: utf8.faultAt })
  const gb = await firstFault(path, 'gb18030')
  if (gb.faultAt === null) return 'gb18030'
  throw new WanglouError('FILE_ENCODING', { encoding: 'gb18030', byte: gb.faultAt })
}

/** The file's text in pieces. @throws WanglouError FILE_ENCODING */
export async function* decoded(path: string, encoding: Encoding, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let byte = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      yield decoder.decode(chunk, { stream: true })
      byte += chunk.length
      onBytes(byte)
    }
    const rest = decoder.decode()
    if (rest !== '') yield rest
  } catch (error) {
    if (error instanceof TypeError) throw new WanglouError('FILE_ENCODING', { encoding, byte }, { cause: error })
    throw error
  }
}

async function firstFault(path: string, encoding: 'utf-8' | 'gb18030'): Promise<{ faultAt: number | null; multiByte: number }> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let at = 0
  let multiByte = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 }) as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true })
      if (multiByte < surelyUtf8) multiByte += text.match(/[^\0-\x7f]/g)?.length ?? 0
      at += chunk.length
    }
    decoder.decode()
    return { faultAt: null, multiByte }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { faultAt: at, multiByte }
  }
}

async function head(path: string): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { start: 0, end: 3 }) as AsyncIterable<Buffer>) chunks.push(chunk)
  return chunks
}
