// Plays a week of trouble on real servers and real stations: acts everywhere, lines cut and slowed, servers and stations killed; then everything heals.
import { type Scope, type EntryId, DELETED, WanglouError } from '../../contract/index.ts'
import { entryId } from '../../journal/encode.ts'
import { columns, Oracle, rows } from '../../journal/testing/replicas.ts'
import type { Reads } from '../../store/types.ts'
import { mayHold } from '../permits.ts'
import { Centres, type LinkedStation, superiors, until } from './centres.ts'
import { clearLine } from './proxy.ts'
import { randomOf } from './simulation.ts'

export interface Outcome {
  steps: number
  entries: number
  conflicts: number
  cuts: number
  kills: number
}

export class Play {
  readonly centres: Centres
  readonly oracle = new Oracle()
  readonly #random: () => number
  /** Everything that was acknowledged anywhere, with the unit that wrote it. */
  readonly #written: { id: EntryId; scope: Scope; unit: string; station: string }[] = []
  readonly outcome: Outcome = { steps: 0, entries: 0, conflicts: 0, cuts: 0, kills: 0 }

  private constructor(centres: Centres, random: () => number) {
    this.centres = centres
    this.#random = random
  }

  static async open(seed: number): Promise<Play> {
    return new Play(await Centres.open({ random: randomOf(seed + 1) }), randomOf(seed))
  }

  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      this.outcome.steps += 1
      const chance = this.#random()
      if (chance < 0.3) await this.#writeBoat()
      else if (chance < 0.55) await this.#writeOwn()
      else if (chance < 0.6) await this.#decide()
      else if (chance < 0.72) this.#trouble()
      else if (chance < 0.8) await this.#killServer()
      else if (chance < 0.87) await this.#restartStation()
      else await new Promise((resolve) => setTimeout(resolve, this.#random() * 400))
    }
  }

  async heal(): Promise<void> {
    for (const { line } of this.centres.levels) {
      line?.heal()
      if (line !== null) line.quality = clearLine
    }
    const missing = async () => {
      const lines: string[] = []
      for (const station of this.centres.stations) {
        const held = await heldBy(station.store)
        for (const one of this.#written) if (isDue(one, station) && !held.has(one.id)) lines.push(`${station.name}: ${one.id}`)
      }
      return lines.slice(0, 5)
    }
    await until(missing, (lines) => lines.length === 0, 60_000)
  }

  /** Entries that a station holds although its scope is not for it. */
  async tooMuch(): Promise<string[]> {
    const lines: string[] = []
    for (const station of this.centres.stations) {
      const own = station.journal.station
      const rows_ = await station.store.all<{ station: string; scope: Scope }>('SELECT DISTINCT station, scope FROM journal')
      for (const { station: writer, scope } of rows_)
        if (writer !== own && !mayHold(scope, station.unit, superiors)) lines.push(`${station.name}: ${writer}/${scope}`)
    }
    return lines
  }

  async #writeBoat(): Promise<void> {
    const station = this.#pick(this.centres.stations)
    const row = this.#pick(rows)
    const change = { [this.#pick(columns.slice(0, 2))]: this.#pick(['a', 'b', 'c']) }
    for (;;) {
      const open = await station.journal.conflicts({ dataset: 'boats', row })
      const set = { ...change, ...(open.some(({ column }) => column === DELETED) ? { [DELETED]: false } : {}) }
      try {
        return await this.#write(station, { action: 'resources.edit', row, set, isDecision: open.length > 0 })
      } catch (error) {
        // It came into conflict after she had looked: she looks again, and decides.
        if (!(error instanceof WanglouError && error.code === 'CELL_IN_CONFLICT')) throw error
      }
    }
  }

  async #decide(): Promise<void> {
    const station = this.#pick(this.centres.stations)
    const [first] = (await station.journal.conflicts({ dataset: 'boats' })).filter(({ row }) => rows.includes(row))
    const head = first?.heads.at(-1)
    if (first === undefined || head === undefined) return
    await this.#write(station, { action: 'conflicts.decide', row: first.row, set: { [first.column]: head.value as string }, isDecision: true })
  }

  async #write(
    station: LinkedStation,
    act: { action: string; row: string; set: Record<string, string | boolean>; isDecision: boolean },
  ): Promise<void> {
    const { action, row, set, isDecision } = act
    // Read where it is written: what comes over the link a moment before has been seen, and is no conflict.
    let held: ReadonlySet<EntryId> = new Set()
    const entry = await station.journal.write({
      actor: station.name,
      action,
      subject: { dataset: 'boats', row },
      rows: [{ dataset: 'boats', row, set }],
      scope: 'shared',
      isDecision,
      check: async (tx) => {
        held = await heldBy(tx)
      },
    })
    this.oracle.note(entry, held)
    this.#note(station, entry)
  }

  /** Something that only some may hold. */
  async #writeOwn(): Promise<void> {
    const station = this.#pick(this.centres.stations)
    const scope = this.#pick(['centre', 'up', 'down'] as const)
    const count = this.#random() < 0.15 ? 120 : 1
    const acts = Array.from({ length: count }, (_, index) => {
      const row = `${station.name}-${this.#written.length + index}`
      const set = { name: 'x'.repeat(1 + Math.floor(this.#random() * 60)) }
      return {
        actor: station.name,
        action: this.#pick(['incidents.report', 'contacts.write']),
        subject: { dataset: 'contacts', row },
        rows: [{ dataset: 'contacts', row, set }],
        scope: `${scope}:${station.unit}` as const,
      }
    })
    for (const entry of await station.journal.writeAll(acts)) this.#note(station, entry)
  }

  #note(station: LinkedStation, entry: { station: string; scope: Scope; seq: number }): void {
    this.outcome.entries += 1
    this.#written.push({ id: entryId(entry), scope: entry.scope, unit: station.unit, station: entry.station })
  }

  #trouble(): void {
    const { line } = this.#pick(this.centres.levels.filter((level) => level.line !== null))
    if (line === null) return
    const what = this.#random()
    if (what < 0.45) {
      this.outcome.cuts += 1
      line.cut()
    } else if (what < 0.75) line.heal()
    else line.quality = { delayMs: Math.round(this.#random() * 150), bytesPerS: this.#random() < 0.5 ? null : 20_000, stallShare: 0.01 }
  }

  async #killServer(): Promise<void> {
    const { server } = this.#pick(this.centres.levels)
    this.outcome.kills += 1
    await server.down('SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, this.#random() * 300))
    await server.restart()
  }

  async #restartStation(): Promise<void> {
    this.outcome.kills += 1
    await this.#pick(this.centres.stations).restart()
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)] as T
  }
}

async function heldBy(store: Pick<Reads, 'all'>): Promise<ReadonlySet<EntryId>> {
  const found = await store.all<{ id: EntryId }>(`SELECT station || '/' || scope || '/' || seq AS id FROM journal`)
  return new Set(found.map(({ id }) => id))
}

function isDue(one: { scope: Scope; station: string }, station: LinkedStation): boolean {
  return one.station === station.journal.station || mayHold(one.scope, station.unit, superiors)
}
