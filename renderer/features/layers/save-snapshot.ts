// The map picture as a file: for a report, or to be sent by whatever still works.
import { formatDegrees } from '../../../native/contract/index.ts'
import type { SnapshotOptions } from '../../globe/types.ts'
import { useGlobe } from '../../globe/useGlobe.ts'

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

export async function saveSnapshot(t: Translate): Promise<void> {
  const picture = await takeSnapshot(t)
  if (picture === null) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(picture)
  link.download = `${t('layers.snapshot.file')}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.png`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
