// The words of an audit row: what was done, about what, and what was noted; whatever is not known here keeps its own name. Pure.
import type { AuditRow } from '../../../native/contract/index.ts'
import type { Translate } from '../../ui/time-words.ts'

export interface Speaker {
  t: Translate
  te: (key: string) => boolean
}

/** Acts on an incident have their words there, for its time line; any feature may name its own under `<feature>.act.<verb>`. */
export function actionWord(action: string, { t, te }: Speaker): string {
  const name = action.replace('.', '_')
  const [feature = '', verb = ''] = action.split('.')
  const key = [`audit.action.${name}`, `incidents.act.${name}`, `${feature}.act.${verb}`].find((candidate) => te(candidate))
  return key === undefined ? action : t(key, {})
}

export function subjectWord(dataset: string, { t, te }: Speaker): string {
  return te(`audit.dataset.${dataset}`) ? t(`audit.dataset.${dataset}`, {}) : dataset
}

/** `缘由 无人操作 · 次数 3`: names and values that are known here are said in words. */
export function noteWords(note: AuditRow['note'], { t, te }: Speaker): string {
  return Object.entries(note ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      const said = typeof value === 'object' ? JSON.stringify(value) : String(value)
      const word = [`audit.note.${name}.${said}`, name === 'role' ? `app.role.${said}` : ''].find((key) => key !== '' && te(key))
      const title = te(`audit.noteName.${name}`) ? t(`audit.noteName.${name}`, {}) : name
      return `${title} ${word === undefined ? said : t(word, {})}`
    })
    .join(' · ')
}
