// The soft lock's hint: only other consoles, only this record, each person and field once.
// @vitest-environment node
import { expect, test } from 'vitest'
import type { ConsolePresence } from '../../native/contract/index.ts'
import { editingElsewhere } from './editing-elsewhere.ts'

const here = { dataset: 'incidents', row: 'a' }
const at = (who: string | null, editing: ConsolePresence['editing'], isUs = false): ConsolePresence => ({
  station: who ?? '?',
  name: '值班台 2',
  isUs,
  who,
  open: here,
  editing,
  heardAt: 1,
})

test('others who edit a field of this record, and nobody else', () => {
  const consoles = [
    at('李值班', { ...here, column: 'title' }, true),
    at('王值班', { ...here, column: 'place' }),
    at('王值班', { ...here, column: 'place' }),
    at('王值班', { ...here, column: 'description' }),
    at('张值班', { dataset: 'incidents', row: 'b', column: 'place' }),
    at('赵值班', { dataset: 'tasks', row: 'a', column: 'place' }),
    at('钱值班', null),
    at(null, { ...here, column: 'occurred' }),
  ]
  expect(editingElsewhere(consoles, here)).toEqual([
    { who: '王值班', console: '值班台 2', column: 'place' },
    { who: '王值班', console: '值班台 2', column: 'description' },
    { who: '', console: '值班台 2', column: 'occurred' },
  ])
  expect(editingElsewhere([], here)).toEqual([])
})
