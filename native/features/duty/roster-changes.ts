// 调班 and 代班 as rules: two persons change places, or somebody takes a place; nobody is lost and nobody stands twice in one cell. Pure.
import { type RosterPerson, type RosterPlace, WanglouError } from '../../contract/index.ts'

/** Who stands in a cell of the roster. */
export type ReadCell = (place: Omit<RosterPlace, 'person'>) => readonly RosterPerson[]

export interface CellWrite {
  place: Omit<RosterPlace, 'person'>
  people: RosterPerson[]
}

/**
 * The two cells after the swap; each person takes the telephone along and stands where the other stood.
 * @throws WanglouError NOT_FOUND {person} who does not stand where she is said to · INVALID_INPUT when it is one cell or one person · DUPLICATE {person}
 */
export function swapped(read: ReadCell, from: RosterPlace, to: RosterPlace): [CellWrite, CellWrite] {
  if (sameCell(from, to)) throw new WanglouError('INVALID_INPUT', { field: 'to' })
  if (from.person === to.person) throw new WanglouError('INVALID_INPUT', { field: 'person' })
  const [mine, theirs] = [read(from), read(to)]
  const [me, them] = [find(mine, from.person), find(theirs, to.person)]
  return [
    { place: from, people: replaced(mine, me, them) },
    { place: to, people: replaced(theirs, them, me) },
  ]
}

/** The cell after somebody took a person's place. @throws WanglouError NOT_FOUND · INVALID_INPUT · DUPLICATE */
export function stoodIn(read: ReadCell, place: RosterPlace, by: RosterPerson): CellWrite {
  if (place.person === by.name) throw new WanglouError('INVALID_INPUT', { field: 'by' })
  const people = read(place)
  return { place, people: replaced(people, find(people, place.person), by) }
}

export function sameCell(one: Omit<RosterPlace, 'person'>, other: Omit<RosterPlace, 'person'>): boolean {
  return one.day === other.day && one.shift === other.shift && one.post === other.post
}

function find(people: readonly RosterPerson[], name: string): RosterPerson {
  const found = people.find((person) => person.name === name)
  if (found === undefined) throw new WanglouError('NOT_FOUND', { person: name })
  return found
}

function replaced(people: readonly RosterPerson[], out: RosterPerson, next: RosterPerson): RosterPerson[] {
  if (people.some((person) => person !== out && person.name === next.name)) throw new WanglouError('DUPLICATE', { person: next.name })
  return people.map((person) => (person === out ? { ...next } : person))
}
