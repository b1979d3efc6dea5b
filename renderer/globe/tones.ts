// The colours of the globe by meaning. GB/T 35649 gives red to events, yellow to hazards, blue to targets, green to resources.
import type { Tone } from './types.ts'

/** CSS colours, bright enough for the dark globe (contrast ≥ 4.5 : 1 against #16202b). */
export const toneColour: Record<Tone, string> = {
  incident: '#ff5a52',
  hazard: '#f2cf3a',
  target: '#6fa8ff',
  resource: '#57d38c',
  order: '#e8f1f8',
  boundary: '#8fb3c7',
  water: '#4f8fb8',
  drawing: '#ff6f61',
  neutral: '#aebfcc',
  alarm: '#ff9d3c',
}

/** What is old is drawn in this, whatever its tone. */
export const staleColour = '#8793a0'

/** Frame colours of GB/T 35649-2017 by the class letter of a code. */
export const frameColour: Record<string, string> = { A: '#ff0000', B: '#ffff00', C: '#0000ff', D: '#00ff00', E: '#ff0000', F: '#ff0000' }

/** @param colour `#rrggbb` @returns red, green and blue, 0…1 */
export function rgb(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}
