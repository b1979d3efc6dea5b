// How a reservation stands with the owner of the resource, in words and with its shape.
import type { Confirmation, ReservationAnswer } from '../../../native/contract/index.ts'
import { t } from '../../app/i18n.ts'
import type { StatusTone } from '../../ui/StatusTag.vue'

export const confirmationTones: Record<Confirmation, StatusTone> = { confirmed: 'ok', provisional: 'neutral', refused: 'attention' }

/** Why it was refused. */
export function refusalWords({ reason, heldFor }: ReservationAnswer): string {
  return reason === 'unknown' ? t('resources.reservation.refused.unknown') : t('resources.reservation.refused.held', { what: heldFor ?? '' })
}
