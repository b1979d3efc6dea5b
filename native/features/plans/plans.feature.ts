// The rooms of plans and responses, put together.
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AreaCode, type IncidentFacts, type ReadIncidentFacts } from '../../contract/index.ts'
import type { EventWords } from '../../kernel/event-words.ts'
import { newId } from '../../kernel/ids.ts'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { ChecklistService } from './checklist.service.ts'
import { planFileLimitBytes } from './parse/read-document.ts'
import type { PlanHints } from './parse/plan-head.ts'
import { PlanImporter } from './plan-import.ts'
import { planSearchProjection } from './plans.projection.ts'
import { PlansService } from './plans.service.ts'
import { ResponsesService } from './responses.service.ts'

export interface PlansOptions {
  store: Store
  journal: Journal
  blobs: Blobs
  facts: ReadIncidentFacts
  /** Event types of the code table in force. */
  eventTypes: () => Promise<PlanHints['eventTypes']>
  /** Areas with their names, to know for which one a plan was written. */
  areas: () => Promise<PlanHints['areas']>
  /** What people say of which class of event. */
  words: EventWords
  now?: () => number
}

/** Build it before `journal.start()`: it registers its search index. */
export class Plans {
  readonly plans: PlansService
  readonly importer: PlanImporter
  readonly responses: ResponsesService
  readonly checklist: ChecklistService
  readonly facts: (incident: string) => Promise<IncidentFacts>
  readonly #blobs: Blobs

  constructor({ store, journal, blobs, facts, eventTypes, areas, words, now }: PlansOptions) {
    const clock = now === undefined ? {} : { now }
    journal.project(planSearchProjection)
    this.#blobs = blobs
    this.facts = facts
    this.plans = new PlansService({ reads: store, journal, words })
    this.importer = new PlanImporter({
      reads: store,
      journal,
      blobs,
      ...clock,
      hints: async () => ({ eventTypes: await eventTypes(), areas: await areas() }),
    })
    this.responses = new ResponsesService({ reads: store, journal, facts, ...clock })
    this.checklist = new ChecklistService({ reads: store, journal, ...clock })
  }

  /** Takes a plan of a pack in and waits until it is in force; its records are marked 样例. A `plans.json` beside it may say for which area it stands. */
  async importSample({ path, fileName }: { path: string; fileName: string }): Promise<void> {
    const { sha256 } = await this.#blobs.put(createReadStream(path), { limitBytes: planFileLimitBytes })
    const area = (await readNotes(join(dirname(path), 'plans.json')))[fileName]?.area ?? null
    await this.importer.run({ job: newId(), blob: sha256, fileName, plan: null, area, isSample: true }, 'station')
  }

  async stop(): Promise<void> {
    this.importer.stop()
  }
}

const PlanNotes = z.record(z.string(), z.object({ area: AreaCode }))

/** What a folder of plans says beside them; nothing when it says nothing. */
async function readNotes(path: string): Promise<z.infer<typeof PlanNotes>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  return PlanNotes.parse(JSON.parse(text))
}
