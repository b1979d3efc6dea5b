// The map picture of what the globe shows: title, north, scale, legend, time, 示意图; features take it for files and reports.
import { formatDegrees } from '../../native/contract/index.ts'
import type { SnapshotOptions } from '../globe/types.ts'
import { useGlobe } from '../globe/useGlobe.ts'

type Translate = (key: string) => string

/** The picture with title, legend of what is on the globe, time and 示意图; null while there is no globe. */
export async function takeSnapshot(t: Translate, options: { title?: string } = {}): Promise<Blob | null> {
  const globe = useGlobe().value
  if (globe === null) return null
  const legend: SnapshotOptions['legend'] = globe
    .overlays()
    .filter(({ id, isVisible, size }) => isVisible && size > 0 && id in tones)
    .map(({ id }) => ({ tone: tones[id]!.tone, symbol: tones[id]!.symbol, text: t(`layers.overlay.${id}`) }))
  const view = globe.view()
  const at = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(new Date())
  const footer = view === null ? at : `${at} · ${formatDegrees(view.centre)}`
  return globe.snapshot({
    title: options.title ?? t('layers.snapshot.title'),
    legend,
    footer,
    sketch: `${t('layers.snapshot.sketch')} · ${t('layers.sketchNote')}`,
    north: t('layers.snapshot.north'),
  })
}

const tones: Record<string, { tone: SnapshotOptions['legend'][number]['tone']; symbol: string | null }> = {
  incidents: { tone: 'incident', symbol: 'A20400' },
  resources: { tone: 'resource', symbol: null },
  tasks: { tone: 'order', symbol: null },
  drawings: { tone: 'drawing', symbol: null },
}
