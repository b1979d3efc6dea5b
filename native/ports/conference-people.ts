// What the conference room needs to know of people and units: whom to invite, what stands beside a name, who is right below us.
import type { RollCallUnit } from '../contract/index.ts'
import type { Accounts } from '../features/accounts/accounts.feature.ts'
import type { ConferencesOptions } from '../features/conference/conference.feature.ts'
import type { Contacts } from '../features/contacts/contacts.feature.ts'
import type { UnitTree } from '../features/station/unit-tree.ts'
import type { Link } from '../link/link.ts'

export type ConferencePeople = Pick<ConferencesOptions, 'addresses' | 'standing' | 'subordinates' | 'ourName'>

export function conferencePeople(options: { accounts: Accounts; contacts: Contacts; engine: Link | null; tree: UnitTree }): ConferencePeople {
  const { accounts, contacts, engine, tree } = options
  return {
    addresses: {
      people: () => accounts.directory.all().map((account) => ({ ...account, roles: accounts.directory.rolesOf(account.id) })),
      unit: (id) => contacts.unit(id),
      contact: async (id) => (await contacts.directory(null)).contacts.find((one) => one.id === id) ?? null,
      hasStation: (id) => engine?.stations.all.some((card) => card.isHost && card.unit === tree.linkName(id)) ?? false,
    },
    standing: async (account) => {
      const unit = accounts.directory.byId(account)?.unit ?? null
      const row = unit === null ? undefined : (await contacts.tree()).units.find(({ id }) => id === unit)
      return { unit: row?.id ?? null, unitName: row?.name ?? '', level: row?.kind ?? '' }
    },
    subordinates: async (): Promise<RollCallUnit[]> => {
      const { units, ourUnit } = await contacts.tree()
      const below = units.filter(({ superior }) => superior !== null && superior === ourUnit)
      return below.map(({ id, name, dutyTelephone, isSample }) => ({ id, name, telephone: dutyTelephone ?? '', isSample }))
    },
    ourName: () => contacts.ourName(),
  }
}
