// Where an exported bulletin is fetched from, and what its file is called.
import type { BulletinFields } from '../../../native/contract/index.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export function bulletinName(fields: BulletinFields): string {
  return `${fields.标题.replace(/[\\/:*?"<>|\s]+/gu, '_').slice(0, 80)}.docx`
}
export function bulletinHref(bulletin: { blob: string; fields: BulletinFields }): string {
  return `/blobs/${bulletin.blob}?${new URLSearchParams({ name: bulletinName(bulletin.fields), type: docx, save: '1' }).toString()}`
}
