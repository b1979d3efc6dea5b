// Bulk imports.
import type { BulkProgress } from './types.ts'

export class BulkImports {
  progress(): BulkProgress[] {
    return []
  }

  idle(): Promise<void> {
    return Promise.resolve()
  }
}
