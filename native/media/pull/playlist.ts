// An HLS playlist (RFC 8216 and its low-latency successor) as a page is given it: every address in it replaced by one of ours.
import { StreamError } from '../../contract/index.ts'

export interface Playlist {
  text: string
  isMaster: boolean
  targetSeconds: number | null
  /** Changes whenever a segment or a part is added. */
  tip: string
  codecs: string | null
  resolution: { widthPx: number; heightPx: number } | null
}

/**
 * @param text as the server gave it @param options.base where it was found @param options.nameOf our address for one of theirs
 * @throws StreamError not-the-protocol
 */
export function rewritePlaylist(text: string, { base, nameOf }: { base: URL; nameOf: (url: URL) => string }): Playlist {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines[0]?.trim() !== '#EXTM3U') throw new StreamError('not-the-protocol')
  const ours = (address: string) => (URL.canParse(address, base.href) ? nameOf(new URL(address, base)) : '')
  const written = lines.map((line) => {
    if (line.trim() === '') return line
    if (!line.startsWith('#')) return ours(line.trim())
    return line.replace(/\bURI="([^"]*)"/g, (_whole, address: string) => `URI="${ours(address)}"`)
  })
  const attributes = lines.find((line) => line.startsWith('#EXT-X-STREAM-INF:')) ?? ''
  const size = /RESOLUTION=(\d+)x(\d+)/.exec(attributes)
  const target = /^#EXT-X-TARGETDURATION:(\d+)/m.exec(text)?.[1]
  return {
    text: written.join('\n'),
    isMaster: attributes !== '',
    targetSeconds: target === undefined ? null : Number(target),
    tip: lines.filter((line) => line.startsWith('#EXT-X-PART:') || (line.trim() !== '' && !line.startsWith('#'))).at(-1) ?? '',
    codecs: /CODECS="([^"]+)"/.exec(attributes)?.[1] ?? null,
    resolution: size === null ? null : { widthPx: Number(size[1]), heightPx: Number(size[2]) },
  }
}
