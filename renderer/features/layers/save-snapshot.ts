// The map picture as a file: to be sent by whatever still works.
import { takeSnapshot } from '../../app/map-picture.ts'
import { saveFile } from '../../app/save-file.ts'

export async function saveSnapshot(t: (key: string) => string): Promise<void> {
  const picture = await takeSnapshot(t)
  if (picture === null) return
  saveFile(picture, `${t('layers.snapshot.file')}-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.png`)
}
