// Documents as they came out, read as the station's own tests read them.
import { readFile } from 'node:fs/promises'
import type { Download } from '@playwright/test'

export { wordsOf } from '../../native/features/reports/testing/docx.ts'

export async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path())
}
