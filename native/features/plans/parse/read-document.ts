// Opens a foreign document of any kind we take and reads it as blocks; what we cannot take is named.
import { readFile } from 'node:fs/promises'
import { type PlanFormat, WanglouError } from '../../../contract/index.ts'
import { inspectFile } from '../../../kernel/foreign-file.ts'
import type { Block } from './blocks.ts'
import { readDocx } from './docx.ts'
import { readPdf } from './pdf.ts'
import { decodeText, readMarkdown, readPlain } from './text.ts'

export const planFileLimitBytes = 50_000_000
const textLimitBytes = 20_000_000

export interface ReadDocument {
  format: PlanFormat
  blocks: Block[]
}

/**
 * @param report share of the file that was read, 0…1
 * @throws WanglouError FILE_EMPTY · FILE_TOO_LARGE · FILE_ENCRYPTED · FILE_TRUNCATED · FILE_ZIP_BOMB · FILE_WRONG_TYPE · FILE_UNREADABLE · FILE_NO_TEXT · FILE_ENCODING
 */
export async function readDocument(path: string, fileName: string, report: (share: number) => void): Promise<ReadDocument> {
  const file = await inspectFile(path, { limitBytes: planFileLimitBytes, unzippedLimitBytes: 300_000_000 })
  const read = await blocksOf(path, fileName, file.kind, file.size, report)
  if (!read.blocks.some((block) => (block.kind === 'table' ? block.rows.some((row) => row.cells.some((cell) => cell !== '')) : block.text !== '')))
    throw new WanglouError('FILE_NO_TEXT')
  return read
}

async function blocksOf(path: string, fileName: string, kind: string, size: number, report: (share: number) => void): Promise<ReadDocument> {
  switch (kind) {
    case 'docx':
      return { format: 'docx', blocks: await readDocx(path) }
    case 'pdf':
      return { format: 'pdf', blocks: await readPdf(path, report) }
    case 'text': {
      if (size > textLimitBytes) throw new WanglouError('FILE_TOO_LARGE', { size, limitBytes: textLimitBytes })
      const text = decodeText(await readFile(path))
      const isMarkdown = /\.(?:md|markdown)$/i.test(fileName)
      return isMarkdown ? { format: 'md', blocks: readMarkdown(text) } : { format: 'txt', blocks: readPlain(text) }
    }
    default:
      throw new WanglouError('FILE_WRONG_TYPE', { found: kind, expected: 'docx, pdf, md, txt' })
  }
}
