// Numbers reported wrong: who is then not reached, since when, in whose words.
import type { Contact, OpenMatter, WrongEntry } from '../../contract/index.ts'
import type { PlainUnit } from './contacts.repository.ts'
import type { Tree } from './tree.ts'

/** Unit, post and name, as a call's party is shown. */
export function partyOf(unit: string, contact: Pick<Contact, 'post' | 'name'> | null): string {
  return [unit, contact?.post ?? '', contact?.name ?? ''].filter((words) => words !== '').join(' ')
}

/** Longest waiting first. */
export function wrongEntries(tree: Tree<PlainUnit>, contacts: readonly Contact[]): WrongEntry[] {
  const units = tree.units.flatMap((unit): WrongEntry[] =>
    unit.wrong === null ? [] : [{ ...unit.wrong, number: unit.dutyTelephone ?? '', unit: unit.id, contact: null, party: unit.name }],
  )
  const people = contacts.flatMap((contact): WrongEntry[] => {
    const unit = tree.unit(contact.unit)
    const party = partyOf(unit?.name ?? contact.unitName ?? '', contact)
    return contact.telephones.flatMap(({ number, wrong }) =>
      wrong === null ? [] : [{ ...wrong, number, unit: unit?.id ?? null, contact: contact.id, party }],
    )
  })
  return [...units, ...people].toSorted((a, b) => a.at - b.at)
}

/** One a record: which of its numbers is meant stands in the detail. */
export function openMatters(entries: readonly WrongEntry[]): OpenMatter[] {
  const byRow = Map.groupBy(entries, (entry) => entry.contact ?? entry.unit ?? '')
  return [...byRow].flatMap(([row, wrong]): OpenMatter[] => {
    const first = wrong[0]
    if (first === undefined) return []
    return [
      {
        id: `note:${row}`,
        kind: 'note',
        title: `号码有误待核：${first.party}`,
        detail: wrong.map(({ number, words, byName }) => [number, words, byName].filter((part) => part !== '').join('，')).join('；'),
        since: first.at,
        dueAt: null,
        to: first.unit === null ? { name: 'contacts', params: {} } : { name: 'contacts-unit', params: { id: first.unit } },
      },
    ]
  })
}
