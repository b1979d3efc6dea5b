// Every feature's procedures under its own word; the page imports only the type.
import { router } from './door/trpc.ts'

export type AppRouter = ReturnType<typeof appRouter>

/** Routers are built by `app.ts`, which hands them their services. */
export function appRouter() {
  return router({})
}
