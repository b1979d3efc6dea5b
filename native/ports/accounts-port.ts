// What other rooms ask of the accounts: who works here, and who may sign.
import type { Accounts } from '../features/accounts/accounts.feature.ts'
import type { TeamMember } from '../features/duty/on-duty.ts'

/** Everybody who can sign in, as people know them. */
export function teamOf(accounts: Accounts): TeamMember[] {
  return accounts.directory
    .all()
    .flatMap(({ id, name, telephone, isDisabled }) => (isDisabled ? [] : [{ account: id, name, telephone: telephone ?? '' }]))
}

/** Everybody whose signature frees a report. */
export function signersOf(accounts: Accounts): { account: string; name: string }[] {
  return accounts.directory
    .all()
    .filter((account) => accounts.directory.can(account.id, 'reports.sign', null))
    .map(({ id, name }) => ({ account: id, name }))
}
