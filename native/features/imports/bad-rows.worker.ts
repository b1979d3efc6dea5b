// Writes the workbook of rows that were kept back, in its own thread; every cell is text, never a formula.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import writeXlsxFile from 'write-excel-file/node'
import { serveWorker } from '../../kernel/workers.ts'

export interface BadRowsTask {
  /** NDJSON, one array of cells a line, header first. */
  path: string
  outPath: string
}

serveWorker<BadRowsTask, null>(async ({ path, outPath }) => {
  const data: { value: string; type: typeof String }[][] = []
  for await (const line of createInterface({ input: createReadStream(path) }))
    data.push((JSON.parse(line) as string[]).map((value) => ({ value: value.slice(0, 32_767), type: String })))
  await writeXlsxFile(data).toFile(outPath)
  return null
})
