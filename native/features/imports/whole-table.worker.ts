// Runs in its own thread: reads a small foreign table whole, as text, for a room that knows what its rows mean.
import { WanglouError } from '../../contract/index.ts'
import { serveWorker } from '../../kernel/workers.ts'
import { openTable } from './read/open-table.ts'

export interface WholeTableTask {
  path: string
  fileName: string
  limitRows: number
}

serveWorker<WholeTableTask, string[][]>(async ({ path, fileName, limitRows }) => {
  const table = await openTable(path, { sheet: null, encoding: null, fileName })
  const rows: string[][] = []
  try {
    for await (const batch of table.rows()) {
      for (const { row, cells } of batch) {
        if (row > limitRows) throw new WanglouError('TOO_LARGE', { rows: row, limit: limitRows })
        // Blank rows keep their place, so that a row is named as the spreadsheet names it.
        while (rows.length < row - 1) rows.push([])
        rows.push(cells)
      }
    }
    return rows
  } finally {
    await table.close()
  }
})
