// Names of codecs as officers and installers read them, out of what players, playlists and descriptions call them.

const names: readonly (readonly [RegExp, string])[] = [
  [/\b(hvc1|hev1|hevc|h\.?265)\b/i, 'H.265'],
  [/\b(avc[13]|h\.?264)\b/i, 'H.264'],
  [/\b(av01|av1)\b/i, 'AV1'],
  [/\b(vp09|vp9)\b/i, 'VP9'],
]

/** @param said `hvc1.1.6.L93`, `video/mp4;codecs=avc1.640028`, `H265`; what is not known stays as it is, nothing is `?` */
export function codecName(said: string | null | undefined): string {
  const text = said?.trim() ?? ''
  return names.find(([form]) => form.test(text))?.[1] ?? (text === '' ? '?' : text.slice(0, 40))
}
