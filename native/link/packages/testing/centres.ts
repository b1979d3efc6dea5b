// Centres with real stores, paired with one another, and packages as files on a stick.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Entry, Scope } from '../../../contract/index.ts'
import { boatDatasets, boatMigrations } from '../../../journal/testing/boats.ts'
import { importedId, newId } from '../../../kernel/ids.ts'
import { readMigrations } from '../../../store/migrate.ts'
import { migrationsFolder } from '../../../store/store.ts'
import { openTestStation, type TestStation } from '../../../testing/station.ts'
import type { Superiors } from '../../permits.ts'
import { exportPackage, type ExportPackageOptions, type ExportedPackage } from '../export.ts'
import { importPackage, type ImportedPackage } from '../import.ts'
import type { PartSource } from '../part-reader.ts'
import type { PackagePart } from '../parts.ts'
import type { PackageMaker } from '../signed-frames.ts'

export type Centre = TestStation & { unit: string; own: PackageMaker }

/** Two counties of one city, the city, the province. */
export const superiors: Superiors = new Map([
  ['hancheng', 'weinan'],
  ['huayin', 'weinan'],
  ['weinan', 'shaanxi'],
  ['shaanxi', null],
])

export async function openCentre(unit: string): Promise<Centre> {
  const link = (await readMigrations(migrationsFolder)).filter((one) => one.name.startsWith('0088'))
  const station = await openTestStation({ datasets: boatDatasets, migrations: [...(await boatMigrations()), ...link], unit, isQuick: true })
  const { journal } = station
  return { ...station, unit, own: { station: journal.station, unit, publicKey: journal.publicKey, sign: (bytes) => journal.sign(bytes) } }
}

/** `at` learns of `other`; its key is believed. */
export async function pair(at: Centre, other: Centre, options: { isHost: boolean }): Promise<void> {
  const { station, publicKey } = other.own
  await at.store.write((tx) =>
    tx.run('INSERT INTO link_paired (station, unit, name, publicKey, isHost, pairedAt) VALUES (?, ?, ?, ?, ?, 0)', [
      station,
      other.unit,
      other.unit,
      publicKey,
      options.isHost ? 1 : 0,
    ]),
  )
}

export function writeBoat(at: Centre, name: string, scope: Scope = `up:${at.unit}`): Promise<Entry> {
  const subject = { dataset: 'boats', row: newId() }
  return at.journal.write({ actor: 'a', action: 'boats.write', subject, rows: [{ ...subject, set: { name } }], scope })
}

export async function importBoats(
  at: Centre,
  rows: number,
  scope: Scope = `up:${at.unit}`,
  note: { file: string } | null = null,
): Promise<{ blob: string; entry: Entry }> {
  const lines = Array.from({ length: rows }, (_, index) => `${JSON.stringify([`k${index}`, `船${index}`, `0913-${index}`])}\n`).join('')
  const { sha256: blob } = await at.blobs.put(Readable.from([Buffer.from(lines)]), { limitBytes: 1e9 })
  const subject = { dataset: 'boats', row: importedId('boats', 'ledger', '') }
  const about = { dataset: 'boats', source: 'ledger', columns: ['name', 'phone'], blob, rows }
  const entry = await at.journal.writeBulk({ actor: 'a', action: 'boats.import', subject, ...about, scope, note })
  return { blob, entry }
}

export function prepare(from: Centre, unit: string, changed: Partial<ExportPackageOptions> = {}): Promise<ExportedPackage> {
  const { journal, store, blobs, own } = from
  return exportPackage({ journal, store, blobs, own, unit, superiors, held: new Map(), partBytes: null, now: 1_800_000_000_000, ...changed })
}

/** Every part as bytes. */
export async function exported(from: Centre, unit: string, changed: Partial<ExportPackageOptions> = {}): Promise<Buffer[]> {
  return drawn((await prepare(from, unit, changed)).parts)
}

export async function drawn(parts: AsyncIterable<PackagePart>): Promise<Buffer[]> {
  const read: Buffer[] = []
  for await (const part of parts) read.push(await bytesOf(part))
  return read
}

export function bytesOf(part: PackagePart): Promise<Buffer> {
  return joined(part.bytes)
}

export async function joined(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Writes a package as files and gives back where they lie. */
export async function ontoStick(parts: AsyncIterable<PackagePart>, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for await (const part of parts) {
    const path = join(folder, `${part.index}.wlpack`)
    await pipeline(Readable.from(part.bytes), createWriteStream(path))
    paths.push(path)
  }
  return paths
}

export function fromStick(paths: readonly string[]): PartSource[] {
  return paths.map((path) => ({ name: basename(path), read: () => createReadStream(path) }))
}

/** Parts named by their place: 1, 2, … */
export function sources(parts: readonly Uint8Array[]): PartSource[] {
  return parts.map((bytes, index) => ({ name: `${index + 1}`, read: () => Readable.from([bytes]) }))
}

export function imported(at: Centre, parts: readonly PartSource[]): Promise<ImportedPackage> {
  const { journal, store, blobs, unit } = at
  return importPackage({ journal, store, blobs, ourUnit: unit, superiors, parts })
}

/** Everything a package could change. */
export async function traces(at: Centre): Promise<unknown> {
  const counts = await at.store.get(
    `SELECT (SELECT count(*) FROM journal) AS entries, (SELECT count(*) FROM journal_stations) AS stations, (SELECT count(*) FROM journal_held) AS held,
       (SELECT count(*) FROM journal_seals) AS seals, (SELECT count(*) FROM journal_forks) AS forks`,
  )
  return { counts, state: await at.journal.stateHash() }
}
