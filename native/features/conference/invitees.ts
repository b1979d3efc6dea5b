// Who is meant by an invitation: the people of a role or a unit by name; whoever has no client here is to be rung.
import type { Contact, InviteeKind, Role, Unit } from '../../contract/index.ts'
import { WanglouError } from '../../contract/index.ts'

export interface Invitee {
  kind: InviteeKind
  whom: string
  name: string
  telephone: string
  isByTelephone: boolean
}

export interface Person {
  id: string
  name: string
  telephone: string | null
  unit: string | null
  isDisabled: boolean
  roles: readonly Role[]
}

/** What an invitation is looked up in; handed in by `app.ts`. */
export interface Addresses {
  people: () => readonly Person[]
  unit: (id: string) => Promise<Unit | null>
  contact: (id: string) => Promise<Contact | null>
  /** The unit has a centre of its own on the link: its console is told of the room by itself. */
  hasStation: (unit: string) => boolean
}

/** @throws WanglouError NOT_FOUND for somebody who is not (any more) there; a role nobody holds is nobody */
export async function inviteesOf({ kind, whom }: { kind: InviteeKind; whom: string }, addresses: Addresses): Promise<Invitee[]> {
  const people = addresses.people().filter(({ isDisabled }) => !isDisabled)
  switch (kind) {
    case 'account':
      return found(people.filter(({ id }) => id === whom)).map(byClient)
    case 'role':
      return people.filter(({ roles }) => roles.includes(whom as Role)).map(byClient)
    case 'unit': {
      const ofUnit = people.filter(({ unit }) => unit === whom)
      if (ofUnit.length > 0) return ofUnit.map(byClient)
      const unit = await addresses.unit(whom)
      if (unit === null) throw new WanglouError('NOT_FOUND', { unit: whom })
      return [{ kind, whom, name: unit.name, telephone: unit.dutyTelephone ?? '', isByTelephone: !addresses.hasStation(whom) }]
    }
    case 'contact': {
      const contact = await addresses.contact(whom)
      if (contact === null) throw new WanglouError('NOT_FOUND', { contact: whom })
      const name = [contact.unitName, contact.post, contact.name].filter((part) => part !== null && part !== '').join(' ')
      return [{ kind, whom, name, telephone: contact.telephones[0]?.number ?? '', isByTelephone: true }]
    }
    default:
      return kind satisfies never
  }
}

function byClient({ id, name, telephone }: Person): Invitee {
  return { kind: 'account', whom: id, name, telephone: telephone ?? '', isByTelephone: false }
}

function found(people: Person[]): Person[] {
  if (people.length === 0) throw new WanglouError('NOT_FOUND')
  return people
}
