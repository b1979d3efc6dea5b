// Cut words fit into their room, begin as the whole does, and are whole where there is room.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutWords } from './cut-words.ts'

const widthOf = (text: string) => [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 13 : 7), 0)

it('fits, begins alike, and is left whole where it can be', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('救', '援', '队', ' ', 'a', '1', '·'), maxLength: 40 }),
      fc.integer({ min: -50, max: 400 }),
      (text, roomPx) => {
        const cut = cutWords(text, { roomPx, widthOf })
        if (widthOf(text) <= roomPx) expect(cut).toBe(text)
        else if (cut === null) {
          const first = `${[...text].slice(0, 3).join('')}…`
          expect([...text].length <= 3 || widthOf(first) > roomPx).toBe(true)
        } else {
          expect(widthOf(cut)).toBeLessThanOrEqual(roomPx)
          expect(text.startsWith(cut.slice(0, -1))).toBe(true)
        }
      },
    ),
  )
})
