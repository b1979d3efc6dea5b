// Refuses text that carries the marking of a state secret, wherever in an input it stands.
import { classifiedMarking, WanglouError } from '../contract/index.ts'

/** @throws WanglouError CLASSIFIED_MARKING with the marking found */
export function refuseMarked(value: unknown): void {
  if (typeof value === 'string') {
    const marking = classifiedMarking(value)
    if (marking !== null) throw new WanglouError('CLASSIFIED_MARKING', { marking })
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) refuseMarked(part)
  }
}
