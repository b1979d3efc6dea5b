// For tests: small pictures, MBTiles made with SQLite itself, and a map server on the loopback that can misbehave.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Connection } from '../../store/database.ts'

/** A whole PNG of one pixel; the bytes after it tell pictures apart. */
export function png(mark: string): Buffer {
  const one = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  return Buffer.concat([one, Buffer.from(mark)])
}

export interface PackOptions {
  metadata?: Record<string, string>
  /** Level, column, row as the file counts them, picture. */
  tiles: [number, number, number, Buffer][]
  schema?: string
}

/** Writes an MBTiles file; the tables are those of the paper (MBTiles 1.3) unless a schema is given. */
export async function makePack(directory: string, name: string, options: PackOptions): Promise<string> {
  const path = join(directory, name)
  const database = await Connection.open(path, { isReadOnly: false })
  await database.exec(
    options.schema ??
      'CREATE TABLE metadata (name text, value text); CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob); CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)',
  )
  for (const [key, value] of Object.entries(options.metadata ?? {})) await database.run('INSERT INTO metadata VALUES (?, ?)', [key, value])
  for (const tile of options.tiles) await database.run('INSERT INTO tiles VALUES (?, ?, ?, ?)', tile)
  await database.close()
  return path
}

export interface FakeSource {
  url: string
  /** Paths with queries, in order. */
  asked: string[]
  answer: (path: string) => { status: number; headers?: Record<string, string>; body?: Buffer | string } | 'hang' | 'cut'
  close(): Promise<void>
}

/** A server in this process over a real socket. */
export async function openFakeSource(answer: FakeSource['answer']): Promise<FakeSource> {
  const source: FakeSource = { url: '', asked: [], answer, close: () => close(server) }
  const server = createServer((request, response) => {
    source.asked.push(request.url ?? '')
    const given = source.answer(request.url ?? '')
    if (given === 'hang') return
    if (given === 'cut') {
      response.writeHead(200, { 'Content-Length': 1000 })
      response.write('half')
      request.socket.destroy()
      return
    }
    response.writeHead(given.status, given.headers).end(given.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  source.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return source
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Somebody who may do what is named. */
export function actor(...permissions: string[]) {
  return {
    account: '0199c0de-0000-7000-8000-000000000001',
    name: '值班员',
    session: null,
    can: (permission: string) => permissions.includes(permission),
  }
}
