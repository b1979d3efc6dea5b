// The words of what was noted beside an act in the audit list; whatever is not known here keeps its own name. Pure.
import type { AuditRow } from '../../../native/contract/index.ts'
import { columnWord, datasetWord, type Speaker } from '../../app/act-words.ts'

/** `缘由 无人操作 · 次数 3`: names and values that are known here are said in words. */
export function noteWords(note: AuditRow['note'], speaker: Speaker): string {
  const { t, te } = speaker
  return Object.entries(note ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => {
      const said = name === 'gone' ? goneWords(value, speaker) : typeof value === 'object' ? JSON.stringify(value) : String(value)
      const word = [`audit.note.${name}.${said}`, name === 'role' ? `app.role.${said}` : ''].find((key) => key !== '' && te(key))
      const title = te(`audit.noteName.${name}`) ? t(`audit.noteName.${name}`, {}) : name
      return `${title} ${word === undefined ? said : t(word, {})}`
    })
    .join(' · ')
}

/** `来报（报告人、来电号码）`: which columns of which records an erasure took. */
function goneWords(value: unknown, speaker: Speaker): string {
  const gone = Array.isArray(value) ? (value as { dataset?: string; columns?: string[] }[]) : []
  const separator = speaker.t('app.listSeparator', {})
  return gone
    .map(({ dataset = '', columns = [] }) =>
      speaker.t('audit.gone', {
        dataset: datasetWord(dataset, speaker),
        columns: columns.map((column) => columnWord(dataset, column, speaker)).join(separator),
      }),
    )
    .join(separator)
}
