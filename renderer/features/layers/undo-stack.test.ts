// Undo and redo against a plain history of states.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UndoStack } from './undo-stack.ts'

test('as a plain history has it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('act', 'undo', 'redo'), { maxLength: 40 }), async (steps) => {
      // The journal of the test: each entry sets a value and knows the one before.
      const entries: { before: number; after: number }[] = []
      let value = 0
      const write = (after: number) => {
        entries.push({ before: value, after })
        value = after
        return { entry: String(entries.length - 1) }
      }
      const stack = new UndoStack(async (entry) => write(entries[Number(entry)]!.before))
      let history = [0]
      let at = 0
      let next = 1
      for (const step of steps) {
        if (step === 'act') {
          stack.did(write(next))
          history = [...history.slice(0, at + 1), next++]
          at++
        } else if (step === 'undo') {
          expect(await stack.undo()).toBe(at > 0)
          at = Math.max(0, at - 1)
        } else {
          expect(await stack.redo()).toBe(at < history.length - 1)
          at = Math.min(history.length - 1, at + 1)
        }
        expect(value).toBe(history[at])
        expect([stack.canUndo, stack.canRedo]).toEqual([at > 0, at < history.length - 1])
      }
    }),
  )
})

test('what cannot be undone is told once and does not block the one below', async () => {
  const stack = new UndoStack(async (entry) => {
    if (entry === 'stale') throw new Error('stale')
    return { entry: `undo of ${entry}` }
  })
  stack.did({ entry: 'good' })
  stack.did({ entry: 'stale' })
  await expect(stack.undo()).rejects.toThrow('stale')
  expect(await stack.undo()).toBe(true)
})
