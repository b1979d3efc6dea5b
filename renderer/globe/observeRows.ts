// Lets a globe feature follow a query: called at once with what is known and again whenever the change feed has refreshed it.
import { type QueryClient, type QueryKey, QueryObserver } from '@tanstack/vue-query'

/** @returns what ends it */
export function observeRows<T>(
  options: { queryClient: QueryClient; queryKey: QueryKey; queryFn: () => Promise<T> },
  draw: (rows: T) => void,
): () => void {
  const observer = new QueryObserver<T>(options.queryClient, { queryKey: options.queryKey, queryFn: options.queryFn })
  let last: T | undefined
  const show = (data: T | undefined) => {
    if (data === undefined || data === last) return
    last = data
    draw(data)
  }
  const end = observer.subscribe(({ data }) => show(data))
  // Rows that somebody else has asked for already are fresh: no update will come for them.
  show(observer.getCurrentResult().data)
  return end
}
