// The keys of the page: whoever offers one registers it here, so that `?` can show them all and two cannot take the same one.
import { onScopeDispose, shallowReactive } from 'vue'

export interface Key {
  /** `Ctrl+K`, `Alt+1`, `?`, `F6`, `Escape`, `[`. */
  combo: string
  /** Full i18n key of what it does. */
  titleKey: string
  /** Values that the title names. */
  params?: Record<string, unknown>
  /** @returns false when it does not apply now, so that the key goes on to others */
  run: () => boolean | void
  /** Also while a field has the focus; default only for combinations with Ctrl or Alt, F-keys and Escape. */
  isInFields?: boolean
  /** Also while the console is locked. Default false. */
  isOpenWhileLocked?: boolean
}

const registered = shallowReactive<Key[]>([])
export const keys: readonly Key[] = registered

/** Registers keys for as long as the component lives; the newest of the same combination is asked first. */
export function useKeys(list: readonly Key[]): void {
  registered.push(...list)
  onScopeDispose(() => {
    for (const key of list) registered.splice(registered.indexOf(key), 1)
  })
}

/** `Ctrl+Shift+K`-like name of what was pressed; Cmd counts as Ctrl. */
export function comboOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const isDigit = event.altKey && event.code.startsWith('Digit')
  const key = isDigit ? event.code.slice(5) : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const isNamed = event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey
  return [(event.ctrlKey || event.metaKey) && 'Ctrl', event.altKey && 'Alt', event.shiftKey && isNamed && 'Shift', key].filter(Boolean).join('+')
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

/** Hands a key press to whoever offers it; @returns whether it was taken. An input method at work keeps its keys. */
export function handleKey(event: KeyboardEvent, isLocked: boolean): boolean {
  if (event.isComposing || event.defaultPrevented) return false
  const combo = comboOf(event)
  const isPlain = !/^(Ctrl|Alt|F\d|Escape)/.test(combo)
  for (const key of [...registered].reverse()) {
    if (key.combo !== combo) continue
    if (isLocked && key.isOpenWhileLocked !== true) continue
    if (isField(event.target) && isPlain && key.isInFields !== true) continue
    if (key.run() === false) continue
    event.preventDefault()
    return true
  }
  return false
}
