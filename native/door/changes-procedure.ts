// The change feed as a subscription; it ends when the person of its session changes, so that nobody hears on for somebody who has left.
import type { Change } from '../contract/index.ts'
import type { ChangeFeed } from './change-feed.ts'
import { procedure } from './trpc.ts'

export function changesProcedure(feed: ChangeFeed) {
  return procedure('session', { isOpenWhileLocked: true }).subscription(async function* ({ ctx, signal }): AsyncGenerator<Change, void, void> {
    for await (const change of feed.subscribe(signal ?? new AbortController().signal)) {
      if (ctx.session !== null && ctx.session.account !== ctx.actor.account) return
      yield change
    }
  })
}
