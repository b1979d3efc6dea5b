// 并案: two reports of one event become one incident; both are kept whole, and it can be taken back.
import { type ActingPerson, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'
import { IncidentsRepository } from './incidents.repository.ts'
import { refuseMarked } from '../../kernel/marking.ts'

export class MergeService {
  readonly #journal: Journal
  readonly #repository: IncidentsRepository

  constructor(options: { journal: Journal; reads: Reads }) {
    this.#journal = options.journal
    this.#repository = new IncidentsRepository(options.reads)
  }

  /** @throws WanglouError NOT_FOUND; STATE_NOT_ALLOWED when it is merged already, or `into` lies within it */
  async merge(options: { incident: string; into: string; words: string }, by: ActingPerson): Promise<void> {
    refuseMarked(options.words)
    await this.#journal.write({
      actor: by.account,
      action: 'incidents.merge',
      subject: { dataset: 'incidents', row: options.into },
      note: { merged: options.incident, words: options.words },
      rows: [{ dataset: 'incidents', row: options.incident, set: { mergedInto: options.into, informationState: 'merged' } }],
      check: async (tx) => {
        const rows = await tx.all<{ id: string; mergedInto: string | null }>(
          'SELECT id, mergedInto FROM incidents WHERE id IN (?, ?) AND _deleted = 0',
          [options.incident, options.into],
        )
        const source = rows.find((row) => row.id === options.incident)
        if (source === undefined || !rows.some((row) => row.id === options.into)) throw new WanglouError('NOT_FOUND', { incident: options.incident })
        if (source.mergedInto !== null) throw new WanglouError('STATE_NOT_ALLOWED', { from: 'merged', to: 'merged' })
        if (await this.#repository.isWithin(tx, options.into, options.incident))
          throw new WanglouError('STATE_NOT_ALLOWED', { from: 'within', to: 'merged' })
      },
    })
  }

  /** Takes a merge back: the incident stands as before. @throws WanglouError UNDO_STALE when it was changed since; NOT_FOUND */
  async unmerge(entry: string, by: ActingPerson): Promise<void> {
    const found = await this.#journal.entry(entry as Parameters<Journal['entry']>[0])
    if (found === null || found.action !== 'incidents.merge') throw new WanglouError('NOT_FOUND', { entry })
    await this.#journal.undo({ entry: entry as Parameters<Journal['entry']>[0], actor: by.account })
  }
}
