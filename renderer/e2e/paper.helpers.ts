// Documents as they came out: the words of a DOCX, paragraph by paragraph.
import { readFile } from 'node:fs/promises'
import type { Download } from '@playwright/test'
import PizZip from 'pizzip'

/** Words of one part, one paragraph a line. */
export function wordsOf(bytes: Buffer, part = 'word/document.xml'): string {
  const xml = new PizZip(bytes).file(part)?.asText() ?? ''
  return xml
    .split('</w:p>')
    .map((paragraph) => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((match) => match[1]).join(''))
    .join('\n')
}

export async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path())
}
