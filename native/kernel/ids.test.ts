// Ids of imported rows are UUIDv5 as the standard makes them: another program that knows the rule gets the same.
import { v5 } from 'uuid'
import { expect, test } from 'vitest'
import { importedId } from './ids.ts'

test('an imported row has the id that RFC 9562 says', () => {
  expect(importedId('boats', 'ledger', 'k1')).toBe(importedId('boats', 'ledger', 'k1'))
  for (const key of ['k1', '', '渭南-𠮷', '"quoted"', 'x'.repeat(5_000)]) {
    expect(importedId('resources', '台账', key)).toBe(v5(JSON.stringify(['resources', '台账', key]), '6f0c1f5e-6f5d-5d3a-9a51-77616e676c6f'))
  }
})
