// Whether the journal's chains hold, as the audit page shows it.
import type { ChainState } from '../../contract/index.ts'
import { type Damage, verifyChains } from '../../journal/verify.ts'
import type { Reads } from '../../store/types.ts'

export async function chainState(reads: Reads): Promise<Omit<ChainState, 'verifiedAt'>> {
  const damage: Damage[] = []
  const { entries } = await verifyChains(reads, damage)
  return { isVerified: damage.length === 0, entries, problems: damage }
}
