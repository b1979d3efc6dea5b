// What is held down lets go by itself when nobody can know any more that it is held: the page loses its focus, is hidden, loses the station, or goes.
import { onScopeDispose, watch } from 'vue'
import { link } from '../../app/link.ts'

export function useLetGo(letGo: () => void): void {
  window.addEventListener('blur', letGo)
  document.addEventListener('visibilitychange', letGo)
  watch(
    () => link.state,
    (now) => now === 'lost' && letGo(),
    { flush: 'sync' },
  )
  onScopeDispose(() => {
    window.removeEventListener('blur', letGo)
    document.removeEventListener('visibilitychange', letGo)
    letGo()
  })
}
