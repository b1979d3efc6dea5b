// The words of an act and of what it was about, for whoever lists the journal; whatever is not known here keeps its own name. Pure.
import type { Translate } from '../ui/time-words.ts'

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

export function datasetWord(dataset: string, { t, te }: Speaker): string {
  return te(`audit.dataset.${dataset}`) ? t(`audit.dataset.${dataset}`, {}) : dataset
}

/** Personal columns are named by the feature that erases them. */
export function columnWord(dataset: string, column: string, { t, te }: Speaker): string {
  const key = [`erasures.column.${dataset}.${column}`, `${dataset}.columns.${column}`].find((candidate) => te(candidate))
  return key === undefined ? column : t(key, {})
}

/** A field by the name its feature gives it on the page. */
export function fieldWord(dataset: string, column: string, speaker: Speaker): string {
  const key = `${dataset}.field.${column}`
  return speaker.te(key) ? speaker.t(key, {}) : columnWord(dataset, column, speaker)
}
