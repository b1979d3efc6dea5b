// How this centre signs and sends: one row of the centre's settings, with what is shipped where nothing is set.
import { type ActingPerson, ReportSettings, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'

const row = importedId('settings', 'centre', 'reports')

export async function readSettings(reads: Reads): Promise<ReportSettings> {
  const found = await reads.get<{ value: string | null }>('SELECT value FROM settings WHERE id = ? AND _deleted = 0', [row])
  const read = ReportSettings.safeParse(typeof found?.value === 'string' ? JSON.parse(found.value) : {})
  // What a newer release wrote and this one cannot read must not stop the night's paper.
  return read.success ? read.data : ReportSettings.parse({})
}

/** @throws WanglouError INVALID_INPUT when a kind other than 电话口述稿 would leave unsigned */
export async function writeSettings(journal: Journal, settings: ReportSettings, by: ActingPerson): Promise<void> {
  refuseMarked(settings)
  const unsigned = Object.entries(settings.paths).find(([kind, path]) => path === 'spoken' && kind !== 'telephone-script')
  if (unsigned !== undefined) throw new WanglouError('INVALID_INPUT', { field: unsigned[0] })
  await journal.write({
    actor: by.account,
    action: 'reports.settings',
    subject: { dataset: 'settings', row },
    rows: [{ dataset: 'settings', row, set: { name: 'reports', value: settings } }],
  })
}
