// Opens the intake with an empty form: beside the map, or in the middle while the console is locked.
import { router } from '../../app/router.ts'
import { useSession } from '../../app/session.ts'
import { catchLetters } from './first-letters.ts'
import { useIntake } from './intake.ts'

/** @returns what begins a report; call it where a component or a key asks for it */
export function useBeginReport(): () => void {
  return () => {
    const intake = useIntake()
    intake.begin()
    catchLetters()
    void router.push(useSession().isLocked ? { name: 'intake-locked' } : { name: 'intake', params: { draft: intake.id } })
  }
}
