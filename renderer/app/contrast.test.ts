// The tokens measured: words on their grounds at least 4.5 : 1, the strip 7 : 1 (WCAG 2 relative luminance), nothing smaller than 14 px.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')
const tokens = new Map([...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']))

function luminance(token: string): number {
  const colour = tokens.get(token)
  if (colour === undefined) throw new Error(`no colour token --${token}`)
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}
const grounds = ['ground-0', 'ground-1', 'ground-2'] as const
const words = ['text-1', 'text-2', 'text-3', 'accent', 'ok', 'attention', 'alarm', 'drill']
const scales = [...tokens.keys()].filter((token) => /^(warning|grade|tier)-/.test(token))

describe('contrast', () => {
  it('knows the three scales', () => expect(scales).toHaveLength(12))
  it.each(grounds.flatMap((ground) => [...words, ...scales].map((word) => [word, ground] as const)))(
    '--%s on --%s is at least 4.5 : 1',
    (word, ground) => {
      expect(contrast(word, ground)).toBeGreaterThanOrEqual(4.5)
    },
  )
  it.each(['text-1', 'text-2', 'attention', 'drill'])('--%s on the strip is at least 7 : 1', (word) => {
    expect(contrast(word, 'ground-1')).toBeGreaterThanOrEqual(7)
  })
  it('words stay readable on the selected row', () => {
    expect(contrast('text-1', 'accent-ground')).toBeGreaterThanOrEqual(7)
    expect(contrast('text-2', 'accent-ground')).toBeGreaterThanOrEqual(4.5)
  })
})

describe('sizes', () => {
  const sources = import.meta.glob<string>('../**/*.{vue,css}', { eager: true, query: '?raw', import: 'default' })
  it('no text is smaller than 14 px; signs and arrows that a word accompanies may be', () => {
    const small = Object.entries(sources).flatMap(([path, text]) =>
      [...text.matchAll(/([.\w -]+)\{[^}]*?font-size:\s*(\d+)px/g)]
        .filter((match) => Number(match[2]) < 14)
        .map((match) => `${path} ${match[1]?.trim()}`),
    )
    expect(small.filter((rule) => !/\.(shape|marks|arrow)$/.test(rule))).toEqual([])
  })
})
