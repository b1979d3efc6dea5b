// 通讯录, units and calls as the page calls them.
import { router } from '../../door/trpc.ts'
import type { Contacts } from './contacts.feature.ts'

export function contactsRouter(_contacts: Contacts) {
  return router({})
}
