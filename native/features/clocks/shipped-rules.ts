// Reads the shipped table of limits; each row keeps one id for ever, so that the centre's change of it is found again.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ClockRuleInput } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'

const Shipped = z.object({
  source: z.string(),
  rows: z.array(z.object({ key: z.string().min(1) }).loose()).min(1),
})

export interface ShippedRules {
  /** What the table says of itself. */
  source: string
  rules: ClockRuleInput[]
}

/** @param directory of `resources/codes` */
export async function readShippedRules(directory: string): Promise<ShippedRules> {
  const { source, rows } = Shipped.parse(JSON.parse(await readFile(join(directory, 'reporting-clocks.json'), 'utf8')))
  return {
    source,
    rules: rows.map(({ key, ...row }) =>
      ClockRuleInput.parse({
        id: importedId('clockRules', 'shipped', key),
        ourUnit: null,
        recipientName: '',
        recipientUnit: null,
        isExample: true,
        ...row,
      }),
    ),
  }
}
