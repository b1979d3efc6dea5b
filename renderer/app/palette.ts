// The command palette's search: every feature is asked at once; what answers is shown, what fails is named.
import type { PaletteItem, PaletteKind } from './feature.ts'

export type FoundItem = PaletteItem & { key: string }

export interface PaletteAnswer {
  items: FoundItem[]
  /** Features that failed to answer. */
  failed: string[]
}

/** Pages and actions come first when they match by name; the rest in the order an officer most likely wants. */
const kindOrder: Record<PaletteKind, number> = { page: 0, action: 1, incident: 2, task: 3, report: 4, contact: 5, plan: 6, resource: 7, place: 8 }

/** Every word of the query stands in the text, whatever the case and the width. */
export function matches(query: string, text: string): boolean {
  const fold = (value: string) => value.normalize('NFKC').toLocaleLowerCase()
  const folded = fold(text)
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}

export function orderItems(items: readonly FoundItem[]): FoundItem[] {
  return [...items].sort((a, b) => kindOrder[a.kind] - kindOrder[b.kind] || (b.rank ?? 0) - (a.rank ?? 0))
}

interface Source {
  feature: string
  search: (query: string) => Promise<PaletteItem[]>
}

/**
 * Asks every source; `onAnswer` is called after each so that a slow one does not hold back the others.
 * @returns when all have answered
 */
export async function searchAll(sources: readonly Source[], query: string, onAnswer: (answer: PaletteAnswer) => void): Promise<void> {
  const items: FoundItem[] = []
  const failed: string[] = []
  await Promise.all(
    sources.map(async ({ feature, search }) => {
      try {
        items.push(...(await search(query)).map((item) => ({ ...item, key: `${feature}/${item.id}` })))
      } catch (error) {
        console.warn('palette source failed', feature, error)
        failed.push(feature)
      }
      onAnswer({ items: orderItems(items), failed: [...failed] })
    }),
  )
}
