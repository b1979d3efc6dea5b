// What a tile really is, by its first bytes; a server's word for it is not taken.

/** @returns the media type, or null for what is no picture we show */
export function imageType(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | null {
  const starts = (text: string, at = 0) => [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))
  if (starts('\x89PNG')) return 'image/png'
  if (starts('\xff\xd8\xff')) return 'image/jpeg'
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp'
  if (starts('GIF8')) return 'image/gif'
  return null
}
