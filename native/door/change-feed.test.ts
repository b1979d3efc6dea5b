// The feed gathers, counts and never holds on to a page that has gone.
import { expect, it } from 'vitest'
import type { Change } from '../contract/index.ts'
import type { Journal } from '../journal/types.ts'
import { ChangeFeed } from './change-feed.ts'

function fakeJournal() {
  const listeners = new Set<(changes: Change[]) => void>()
  const journal = {
    onChange(listener: (changes: Change[]) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Journal
  const say = (dataset: string, ids: string[] | null) => {
    for (const listener of listeners) listener([{ dataset, ids, revision: 0 }])
  }
  return { journal, say, listeners }
}

async function opened() {
  const { journal, say, listeners } = fakeJournal()
  const feed = new ChangeFeed({ journal })
  feed.start()
  const controller = new AbortController()
  const stream = feed.subscribe(controller.signal)
  expect((await stream.next()).value).toEqual({ dataset: '*', ids: null, revision: 0 })
  return { feed, say, listeners, controller, stream }
}

it('gathers one message a dataset', async () => {
  const { feed, say, stream, controller } = await opened()
  say('incidents', ['a'])
  say('incidents', ['b', 'a'])
  say('tasks', ['c'])
  expect((await stream.next()).value).toEqual({ dataset: 'incidents', ids: ['a', 'b'], revision: 1 })
  expect((await stream.next()).value).toEqual({ dataset: 'tasks', ids: ['c'], revision: 1 })
  controller.abort()
  feed.stop()
})

it('says "all of it" beyond a hundred rows, and stays with it until told', async () => {
  const { feed, say, stream, controller } = await opened()
  say(
    'resources',
    Array.from({ length: 101 }, (_, index) => String(index)),
  )
  say('resources', ['one more'])
  say('areas', null)
  say('areas', ['x'])
  expect((await stream.next()).value).toEqual({ dataset: 'resources', ids: null, revision: 1 })
  expect((await stream.next()).value).toEqual({ dataset: 'areas', ids: null, revision: 1 })
  controller.abort()
  feed.stop()
})

it('merges what a slow page has not taken', async () => {
  const { feed, say, stream, controller } = await opened()
  say('incidents', ['a'])
  expect((await stream.next()).value).toMatchObject({ ids: ['a'] })
  // Two rounds pass while the page is busy.
  say('incidents', ['b'])
  const other = feed.subscribe(controller.signal)
  await other.next()
  expect((await other.next()).value).toMatchObject({ ids: ['b'] })
  say('incidents', ['c'])
  expect((await other.next()).value).toMatchObject({ ids: ['c'] })
  expect((await stream.next()).value).toMatchObject({ ids: ['b', 'c'] })
  controller.abort()
  feed.stop()
})

it('forgets a page that has gone and a journal it has left', async () => {
  const { feed, say, listeners, stream, controller } = await opened()
  const waiting = stream.next()
  expect(feed.subscribers).toBe(1)
  controller.abort()
  expect((await waiting).done).toBe(true)
  expect(feed.subscribers).toBe(0)
  say('incidents', ['a'])
  feed.stop()
  expect(listeners.size).toBe(0)
})
