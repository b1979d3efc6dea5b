// The sample 批示 of a pack: open ones, one of them past its limit; each marked, each removed with the pack.
import { z } from 'zod'
import type { PackPart } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'

/** The part of `open-matters.json` that is ours; minutes are counted from the first run. */
const OpenMatters = z.object({
  instructions: z.array(
    z.object({
      key: z.string(),
      from: z.string(),
      words: z.string(),
      minutesAgo: z.number().min(0),
      owner: z.string(),
      dueInMinutes: z.number(),
      state: z.literal('open'),
    }),
  ),
})

/** `样例甲（带班领导）` → name and post. */
function leaderOf(from: string): { leader: string; post: string } {
  const match = /^(.*?)（(.*)）$/u.exec(from)
  return match === null ? { leader: from, post: '' } : { leader: match[1] ?? from, post: match[2] ?? '' }
}

export async function loadSamples(text: string, options: { journal: Journal; source: string; now: number }): Promise<PackPart> {
  const { instructions } = OpenMatters.parse(JSON.parse(text))
  await options.journal.writeAll(
    instructions.map(({ key, from, words, minutesAgo, owner, dueInMinutes }) => {
      const subject = { dataset: 'instructions', row: importedId('instructions', options.source, key) }
      const givenAt = { at: options.now - minutesAgo * 60_000, precision: 'exact' as const, source: '样例' }
      const set = {
        incident: null,
        report: null,
        task: null,
        ...leaderOf(from),
        givenAt,
        way: 'written',
        words,
        owner,
        dueAt: options.now + dueInMinutes * 60_000,
        enteredAt: givenAt.at,
        enteredBy: 'station',
        enteredByName: '样例',
        closedAt: null,
        isSample: true,
      }
      return { actor: 'station', action: 'instructions.add', subject, happenedAt: givenAt, rows: [{ ...subject, set }], note: { sample: true } }
    }),
  )
  return { loaded: instructions.length, refused: 0 }
}
