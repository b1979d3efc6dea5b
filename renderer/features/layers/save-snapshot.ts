// The map picture as a file: to be sent by whatever still works.
import { takeSnapshot } from '../../app/map-picture.ts'

export async function saveSnapshot(t: (key: string) => string): Promise<void> {
  const picture = await takeSnapshot(t)
  if (picture === null) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(picture)
  link.download = `${t('layers.snapshot.file')}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.png`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
