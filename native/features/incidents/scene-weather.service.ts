// Weather at the scene: typed as it was told, with source and moment; a wrong line is withdrawn, never changed.
import {
  type ActingPerson,
  type HappenedAt,
  type SceneWeather,
  type SceneWeatherInput,
  sceneWeatherWords,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'

const slackMs = 5 * 60_000
const columns = `id, incident, windFromDeg, windSpeedMs, windForce, windForceTo, temperatureC, humidityPercent, precipitation, precipitationMm, stability,
  source, happenedAt, enteredAt, enteredByName`

export class SceneWeatherService {
  readonly #journal: Journal
  readonly #reads: Reads

  constructor(options: { journal: Journal; reads: Reads }) {
    this.#journal = options.journal
    this.#reads = options.reads
  }

  /** Newest first by when it was so, of the incident and of what was merged into it (`ReadSceneWeather`). */
  async list(incident: string): Promise<SceneWeather[]> {
    const rows = await this.#reads.all<Omit<SceneWeather, 'happenedAt'> & { happenedAt: string }>(
      `SELECT ${columns} FROM sceneWeather WHERE incident IN (
         WITH RECURSIVE family (id) AS (SELECT ? UNION SELECT i.id FROM incidents i JOIN family ON i.mergedInto = family.id) SELECT id FROM family)
       AND _deleted = 0 AND COALESCE(isWithdrawn, 0) = 0 ORDER BY json_extract(happenedAt, '$.at') DESC, enteredAt DESC`,
      [incident],
    )
    return rows.map((row) => ({ ...row, happenedAt: JSON.parse(row.happenedAt) as HappenedAt }))
  }

  /** @throws WanglouError NOT_FOUND; DUPLICATE; INVALID_INPUT {field: 'happenedAt'} for a forecast: this is what was, not what will be */
  async add(input: SceneWeatherInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const now = Date.now()
    if (input.happenedAt.at > now + slackMs) throw new WanglouError('INVALID_INPUT', { field: 'happenedAt' })
    const { id, ...set } = input
    await this.#journal.write({
      actor: by.account,
      action: 'incidents.weather',
      subject: { dataset: 'incidents', row: input.incident },
      happenedAt: input.happenedAt,
      note: { words: `${sceneWeatherWords(input)}（据${input.source}）` },
      rows: [{ dataset: 'sceneWeather', row: id, set: { ...set, enteredAt: now, enteredByName: by.name, isWithdrawn: false } }],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [input.incident])) === null)
          throw new WanglouError('NOT_FOUND', { incident: input.incident })
        if ((await tx.get('SELECT 1 AS found FROM sceneWeather WHERE id = ?', [id])) !== null) throw new WanglouError('DUPLICATE', { weather: id })
      },
    })
  }

  /** It was typed wrong: it stays in the journal and is shown no more. */
  async withdraw(input: { id: string; reason: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input.reason)
    const row = await this.#reads.get<{ incident: string }>(
      'SELECT incident FROM sceneWeather WHERE id = ? AND _deleted = 0 AND COALESCE(isWithdrawn, 0) = 0',
      [input.id],
    )
    if (row === null) throw new WanglouError('NOT_FOUND', { weather: input.id })
    await this.#journal.write({
      actor: by.account,
      action: 'incidents.withdrawWeather',
      subject: { dataset: 'incidents', row: row.incident },
      note: { words: input.reason },
      rows: [{ dataset: 'sceneWeather', row: input.id, set: { isWithdrawn: true } }],
    })
  }
}
