// What is dropped on the wall's desk: a thing of the console comes over whole, whatever else is dropped is nothing and throws nothing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { droppedThing, dragThing, type WallThing, wallThingKinds } from './wall-thing.ts'

const seed = Date.now() % 2_147_483_647
console.log(`wall thing: fast-check seed ${seed}`)
const id = '01930000-0000-7000-8000-000000000001'
const carrying = (words: string) => ({ getData: () => words })

test('a thing comes over as it was, its name cut to what is read', () => {
  for (const kind of wallThingKinds) {
    let carried = ''
    const thing: WallThing = { kind, id, title: '名'.repeat(600), position: [109.5, 34.5] }
    dragThing({ dataTransfer: { setData: (_: string, words: string) => (carried = words) } } as unknown as DragEvent, thing)
    expect(droppedThing(carrying(carried))).toEqual({ ...thing, title: '名'.repeat(500) })
  }
})

test('whatever another window or program drops is nothing', () => {
  expect([droppedThing(null), droppedThing(carrying('')), droppedThing(carrying('{'))]).toEqual([null, null, null])
  const foreign = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ kind: fc.constantFrom(...wallThingKinds, 'x'), id: fc.string(), title: fc.anything() }).map((one) => JSON.stringify(one)),
  )
  fc.assert(
    fc.property(foreign, (words) => {
      expect(droppedThing(carrying(words))).toBeNull()
    }),
    { seed },
  )
})
