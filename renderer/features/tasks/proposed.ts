// A unit another room proposes to send (nearest resources): handed over once to the order form of its incident.
import { takeOver } from '../../app/handover.ts'
import type { Proposed } from './order-form.ts'

/** What the room that lists resources put down with `handOver('order:<incident>', …)` before it opened the tab `orders`. */
export function takeProposed(incident: string): Proposed | null {
  return takeOver<Proposed>(`order:${incident}`)
}
