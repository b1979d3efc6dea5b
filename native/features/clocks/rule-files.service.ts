// The table of limits in and out as a file (XLSX or JSON); what comes in is only read: the editor shows it, the officer saves it.
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ClockRuleInput, type RuleImport, WanglouError } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Blobs } from '../../store/types.ts'
import type { ClocksRepository } from './clocks.repository.ts'
import { ruleHeader, rulesFromCells, rulesToCells, type Vocabulary } from './rule-text.ts'
import type { RuleTableResult, RuleTableTask } from './rule-table.worker.ts'

const limitBytes = 5_000_000
const Reasons = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) })
const JsonTable = z.object({ rows: z.array(z.unknown()).max(1_000) })

export class RuleFilesService {
  readonly #blobs: Blobs
  readonly #repository: ClocksRepository
  readonly #directory: string
  readonly #resources: string

  constructor(options: { blobs: Blobs; repository: ClocksRepository; directory: string; resources: string }) {
    this.#blobs = options.blobs
    this.#repository = options.repository
    this.#directory = options.directory
    this.#resources = options.resources
  }

  /** @returns the hash of the file */
  async write(rules: readonly ClockRuleInput[], format: 'xlsx' | 'json'): Promise<string> {
    if (format === 'json') return this.#put(Buffer.from(`${JSON.stringify({ format: 1, rows: rules }, null, 2)}\n`))
    const folder = await mkdtemp(join(this.#directory, 'clock-rules-'))
    try {
      const outPath = join(folder, 'rules.xlsx')
      await this.#work({ kind: 'write', cells: [[...ruleHeader], ...rulesToCells(rules, await this.#words())], outPath })
      return (await this.#blobs.put(createReadStream(outPath), { limitBytes })).sha256
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** @throws WanglouError NOT_FOUND, FILE_* */
  async read(sha256: string): Promise<RuleImport> {
    if (!(await this.#blobs.has(sha256))) throw new WanglouError('NOT_FOUND', { sha256 })
    const table = await this.#work({ kind: 'read', path: this.#blobs.pathOf(sha256) })
    if (table === null) throw new WanglouError('FILE_UNREADABLE')
    return table.format === 'xlsx' ? rulesFromCells(table.cells, await this.#words()) : fromJson(table.text)
  }

  /** Why something must be reported anyway, by the table that proposes it. */
  async reasons(): Promise<{ id: string; name: string }[]> {
    return Reasons.parse(JSON.parse(await readFile(join(this.#resources, 'codes', 'must-report.json'), 'utf8'))).rows
  }

  async #words(): Promise<Vocabulary> {
    const [units, reasons] = await Promise.all([this.#repository.units(), this.reasons()])
    return { units: [...units.values()], reasons, newId }
  }

  async #put(bytes: Uint8Array): Promise<string> {
    async function* once(): AsyncGenerator<Uint8Array> {
      yield bytes
    }
    return (await this.#blobs.put(once(), { limitBytes })).sha256
  }

  #work(data: RuleTableTask): Promise<RuleTableResult> {
    return runInWorker<RuleTableResult>({ url: new URL('./rule-table.worker.ts', import.meta.url), data, maxOldSpaceMb: 256, timeoutMs: 30_000 })
  }
}

function fromJson(text: string): RuleImport {
  let rows: unknown[]
  try {
    rows = JsonTable.parse(JSON.parse(text)).rows
  } catch (cause) {
    throw new WanglouError('FILE_UNREADABLE', { expected: 'XLSX, JSON' }, { cause })
  }
  const rules: ClockRuleInput[] = []
  const faults: RuleImport['faults'] = []
  for (const [index, row] of rows.entries()) {
    const parsed = ClockRuleInput.safeParse(row)
    if (parsed.success) rules.push(parsed.data)
    else for (const issue of parsed.error.issues) faults.push({ row: index + 1, field: issue.path.join('.'), reason: 'bounds' })
  }
  return { rules, faults }
}
