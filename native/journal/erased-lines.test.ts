// A line of an import without what was erased in it is as long as before and still the same row.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importedId } from '../kernel/ids.ts'
import { elementSpans, erasedLine, linesOf, type Reading } from './erased-lines.ts'

const reading = (key: string, columns: readonly string[], erased: readonly string[]): Reading => {
  return { dataset: 'boats', source: 'l', columns, erased: new Map([[importedId('boats', 'l', key), erased]]) }
}
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.json().map((text) => JSON.parse(text) as unknown),
)

test('whatever the values are, the erased ones say nothing and the others say the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(value, { minLength: 1, maxLength: 6 }), fc.nat(5), (key, values, at) => {
      const columns = values.map((_value, index) => `c${index}`)
      const place = at % values.length
      const line = Buffer.from(`${JSON.stringify([key, ...values])}\n`)
      const left = erasedLine(line, [reading(key, columns, [`c${place}`])])
      expect(left.length).toBe(line.length)
      const found = JSON.parse(left.toString('utf8')) as unknown[]
      expect([null, '', 0]).toContain(found[place + 1])
      const rest = (list: readonly unknown[]) => list.filter((_value, index) => index !== place + 1)
      expect(JSON.stringify(rest(found))).toBe(JSON.stringify(rest([key, ...values])))
    }),
  )
})

test('what another import reads from the same place stays', () => {
  const line = Buffer.from('["k","x",1]\n')
  const other: Reading = { dataset: 'boats', source: 'l', columns: ['b', 'a'], erased: new Map([[importedId('boats', 'l', 'k'), ['b']]]) }
  expect(erasedLine(line, [reading('k', ['a', 'b'], ['a', 'b'])]).toString()).toBe('["k","" ,0]\n')
  expect(erasedLine(line, [reading('k', ['a', 'b'], ['a', 'b']), other]).toString()).toBe('["k","" ,1]\n')
})

test('another row, another width and what is no row stay as they are', () => {
  const erased = [reading('k', ['a', 'b'], ['b'])]
  for (const text of ['["other",1,"x"]\n', '["k","x"]\n', '{"k":1}\n', 'not a row', '\n']) {
    const line = Buffer.from(text)
    expect(erasedLine(line, erased)).toBe(line)
  }
  expect(elementSpans(Buffer.from(' [ "a\\"]" , {"b":[1,2]} ,3 ]'))).toEqual([
    [3, 9],
    [12, 23],
    [25, 26],
  ])
})

test('lines are the same however the bytes are cut', async () => {
  const bytes = Buffer.from('["渭",1]\n\n["b"]\nlast')
  for (let cut = 1; cut <= bytes.length; cut += 1) {
    const found: string[] = []
    const pieces = Array.from({ length: Math.ceil(bytes.length / cut) }, (_value, index) => bytes.subarray(index * cut, (index + 1) * cut))
    for await (const line of linesOf(stream(pieces))) found.push(line.toString('utf8'))
    expect(found).toEqual(['["渭",1]\n', '\n', '["b"]\n', 'last'])
  }
})

async function* stream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
