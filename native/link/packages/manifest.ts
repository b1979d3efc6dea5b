// The first thing in a package, readable without unpacking: who made it, for whom, when, and what each side held.
import { z } from 'zod'
import { LinkUnit, type Scope } from '../../contract/index.ts'
import type { ChainEnd } from '../../journal/replication.ts'
import { mayHold, type Superiors } from '../permits.ts'

/** How far each chain goes: `station/scope` → the last number. */
export type ChainVector = ReadonlyMap<string, number>

const Vector = z.record(z.string().max(200), z.int().min(0))

export const Manifest = z.object({
  v: z.literal(1),
  /** 32 hexadecimal digits, random. */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** `entries`: chains and files; `receipt`: nothing but what its maker holds. */
  kind: z.enum(['entries', 'receipt']),
  station: z.string().min(1).max(80),
  unit: LinkUnit,
  /** The maker's, Ed25519, SPKI, base64: a claim. */
  publicKey: z.string().max(200),
  forUnit: LinkUnit,
  madeAt: z.int(),
  /** What the maker believed the other side to hold: the package begins after it. */
  held: Vector,
  /** What the maker held of all that the other side may hold. */
  holds: Vector,
  /** Of a receipt: the package it answers; null = none. */
  answers: z.string().max(32).nullable(),
})
export type Manifest = z.infer<typeof Manifest>

/** Chains a unit may hold, and where they end here. */
export function permittedEnds(ends: readonly ChainEnd[], unit: string, superiors: Superiors): ChainEnd[] {
  return ends.filter((end) => mayHold(end.scope, unit, superiors))
}

export function chainKey(chain: { station: string; scope: string }): string {
  return `${chain.station}/${chain.scope}`
}

export function vectorOf(ends: readonly { station: string; scope: string; seq: number }[]): Record<string, number> {
  return Object.fromEntries(ends.map((end) => [chainKey(end), end.seq]))
}

/** Of a vector only the chains that a unit may hold: of others a package says nothing, and nothing said of them counts. */
export function permittedVector(vector: ChainVector, unit: string, superiors: Superiors): Map<string, number> {
  return new Map([...vector].filter(([key]) => mayHold(key.slice(key.indexOf('/') + 1) as Scope, unit, superiors)))
}
