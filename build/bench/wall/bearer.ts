// A person's session token at a test station, for the routes that are no procedures (files).
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '../../../native/app-router.ts'
import { type Person, type Station, team } from '../../../renderer/e2e/station.ts'

export async function bearerOf(station: Station, person: Person): Promise<string> {
  const bearer = (await readFile(join(station.dataDirectory, 'bearer-token'), 'utf8')).trim()
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${station.origin}/rpc`, headers: { Authorization: `Bearer ${bearer}` } })] })
  const { login, password } = team[person]
  const { sessionToken } = await client.accounts.signIn.mutate({ login, password })
  if (sessionToken === null) throw new Error('a script was given no token')
  return sessionToken
}
