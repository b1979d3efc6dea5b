// Fills or examines a DOCX template in a thread of its own: what cannot be read is refused by name, never half filled.
import { readFile } from 'node:fs/promises'
import Docxtemplater from 'docxtemplater'
import inspectModule from 'docxtemplater/js/inspect-module.js'
import PizZip from 'pizzip'
import { WanglouError } from '../../contract/index.ts'
import { inspectFile } from '../../kernel/foreign-file.ts'
import { serveWorker } from '../../kernel/workers.ts'
import { addPicture, pictureParagraph } from './map-picture.ts'

export type DocumentTask = { kind: 'examine'; path: string } | { kind: 'fill'; path: string; values: Record<string, unknown>; map: string | null }
export type DocumentResult = { fields: string[]; document: Uint8Array | null }

interface Inspector {
  name: string
  getAllTags(): Record<string, object>
}
// The module exports a function that makes one; its types say a class under `default`.
const newInspector = inspectModule as unknown as () => Inspector

const limitBytes = 20 * 1024 * 1024

serveWorker(async (task: DocumentTask): Promise<DocumentResult> => {
  const file = await inspectFile(task.path, { limitBytes })
  if (file.kind !== 'docx') throw new WanglouError('FILE_WRONG_TYPE', { expected: 'DOCX', found: file.kind })
  const inspect = newInspector()
  const document = open(await readFile(task.path), inspect)
  const fields = flat(inspect.getAllTags())
  if (task.kind === 'examine') return { fields, document: null }
  const picture = task.map === null ? null : await readFile(task.map)
  document.render({ ...(clean(task.values) as object), 地图: picture === null ? '' : pictureParagraph(picture) })
  const zip = document.getZip()
  if (picture !== null) addPicture(zip, picture)
  return { fields, document: zip.generate({ type: 'uint8array', compression: 'DEFLATE' }) }
})

function open(bytes: Buffer, inspect: Inspector): Docxtemplater {
  try {
    return new Docxtemplater(new PizZip(bytes), {
      modules: [inspect],
      paragraphLoop: true,
      errorLogging: false,
      linebreaks: true,
      nullGetter: () => '',
    })
  } catch (error) {
    // docxtemplater names each bad tag in `properties.errors`.
    const errors = (error as { properties?: { errors?: { properties?: { explanation?: string } }[] } }).properties?.errors ?? []
    const reason = errors.map((one) => one.properties?.explanation ?? '').join('; ') || (error instanceof Error ? error.message : String(error))
    throw new WanglouError('TEMPLATE_INVALID', { reason: reason.slice(0, 300) }, { cause: error })
  }
}

/** Names of all fields, those inside a repeated part as `part.field`. */
function flat(tags: Record<string, object>, above = ''): string[] {
  return Object.entries(tags).flatMap(([name, inner]) => [`${above}${name}`, ...flat(inner as Record<string, object>, `${above}${name}.`)])
}

/** XML 1.0 has no control characters: they are left out of the document, the record keeps them. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, '')
  if (Array.isArray(value)) return value.map(clean)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, clean(part)])) : value
}
