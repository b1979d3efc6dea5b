// A unit's card as lines that can be dialled: its duty telephone first, then every number of every post. Pure.
import type { Contact, EpochMs, Id, NumberRef, TelephoneKind, UnitRow, WrongReport } from '../../../native/contract/index.ts'

export interface NumberLine {
  /** Unique on the card. */
  key: string
  contact: Contact | null
  /** The first line of a contact says who it is. */
  isFirst: boolean
  kind: TelephoneKind
  /** null = a contact without a number. */
  number: string | null
  verifiedAt: EpochMs | null
  verifiedByName: string
  wrong: WrongReport | null
  /** Which number a mark is about; null = there is none. */
  which: NumberRef | null
  /** Unit, post and name: whom a call was to. */
  party: string
  isSample: boolean
}

export function numberLines(unit: UnitRow | null, contacts: readonly Contact[]): NumberLine[] {
  const own: NumberLine[] =
    unit === null
      ? []
      : [
          {
            key: unit.id,
            contact: null,
            isFirst: true,
            kind: 'duty',
            number: unit.dutyTelephone,
            verifiedAt: unit.dutyTelephoneVerifiedAt,
            verifiedByName: unit.dutyTelephoneVerifiedByName,
            wrong: unit.wrong,
            which: unit.dutyTelephone === null ? null : { unit: unit.id },
            party: unit.name,
            isSample: unit.isSample,
          },
        ]
  return [...own, ...contacts.flatMap((contact) => contactLines(contact, unit?.name ?? contact.unitName ?? ''))]
}

function contactLines(contact: Contact, unitName: string): NumberLine[] {
  const party = [unitName, contact.post, contact.name].filter((words) => words !== '').join(' ')
  const about = { contact, party, isSample: contact.isSample }
  if (contact.telephones.length === 0)
    return [
      { ...about, key: contact.id, isFirst: true, kind: 'office', number: null, verifiedAt: null, verifiedByName: '', wrong: null, which: null },
    ]
  return contact.telephones.map(({ kind, number, verifiedAt, verifiedByName, wrong }, index) => ({
    ...about,
    key: `${contact.id}/${index}`,
    isFirst: index === 0,
    kind,
    number,
    verifiedAt,
    verifiedByName,
    wrong,
    which: { contact: contact.id, number },
  }))
}

/** The line to stand on: what the address names, else where one stood. */
export function lineOf(lines: readonly NumberLine[], contact: Id | null): number {
  const found = contact === null ? -1 : lines.findIndex((line) => line.contact?.id === contact)
  return Math.max(0, found)
}
