// A unit another room proposes to send (nearest resources): handed over once to the order form of its incident.
import type { Proposed } from './order-form.ts'

const waiting = new Map<string, Proposed>()

/** Called by the room that lists resources before it opens the tab `orders`. */
export function proposeOrder(incident: string, proposed: Proposed): void {
  waiting.set(incident, proposed)
}
export function takeProposed(incident: string): Proposed | null {
  const proposed = waiting.get(incident) ?? null
  waiting.delete(incident)
  return proposed
}
