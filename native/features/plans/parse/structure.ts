// From the blocks of any document to a plan: outline, sections, tiers, actions, contacts, units. Pure.
import type { Block } from './blocks.ts'
import { actionsOf, type ParsedAction } from './actions.ts'
import { outlineOf } from './outline.ts'
import { contactsOf, type ParsedContact, type ParsedUnit, unitsOf } from './people.ts'
import { headOf, type PlanHead, type PlanHints } from './plan-head.ts'
import { type ParsedTier, planTiersOf } from './plan-tiers.ts'
import { type PlacedParagraph, placed } from './sections.ts'
import { tablesOf } from './tables.ts'

export interface ParsedPlan {
  head: PlanHead
  paragraphs: PlacedParagraph[]
  tiers: ParsedTier[]
  actions: ParsedAction[]
  contacts: ParsedContact[]
  units: ParsedUnit[]
}

export function planOf(blocks: readonly Block[], hints: PlanHints): ParsedPlan {
  const paragraphs = placed(outlineOf(blocks))
  const tables = tablesOf(paragraphs)
  for (const table of tables) for (const row of table.header) row.isHeaderRow = true
  const units = unitsOf(paragraphs, tables)
  const names = [...new Set(units.map((unit) => unit.unit))].toSorted((a, b) => b.length - a.length)
  return {
    head: headOf(paragraphs, hints),
    paragraphs,
    tiers: planTiersOf(paragraphs, tables),
    actions: actionsOf(paragraphs, tables, names),
    contacts: contactsOf(paragraphs, tables),
    units,
  }
}
