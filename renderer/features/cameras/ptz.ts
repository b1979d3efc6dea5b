// Turning a camera from the page: says again and again that a move goes on, and stops with the key, the pointer, the focus.
import { onScopeDispose, ref } from 'vue'
import { type CameraMove, turnRenewMs } from '../../../native/contract/index.ts'
import { useLetGo } from './let-go.ts'

export interface PtzLine {
  turn(input: { id: string; move: CameraMove; speed: number }): Promise<unknown>
  halt(input: { id: string }): Promise<unknown>
}

/** Of the four arrows that are held down: the direction they make together; null = none, or they cancel out. */
export function directionOf(held: ReadonlySet<string>): CameraMove | null {
  const vertical = Number(held.has('ArrowUp')) - Number(held.has('ArrowDown'))
  const horizontal = Number(held.has('ArrowRight')) - Number(held.has('ArrowLeft'))
  const names: Record<string, CameraMove> = {
    '1,0': 'up',
    '-1,0': 'down',
    '0,-1': 'left',
    '0,1': 'right',
    '1,-1': 'upLeft',
    '1,1': 'upRight',
    '-1,-1': 'downLeft',
    '-1,1': 'downRight',
  }
  const direction = names[`${vertical},${horizontal}`]
  if (direction !== undefined) return direction
  if (held.has('+') || held.has('=')) return 'zoomIn'
  return held.has('-') ? 'zoomOut' : null
}

/** @param line how the station is told */
export function usePtz(id: string, line: PtzLine) {
  const moving = ref<CameraMove | null>(null)
  const error = ref<unknown>(null)
  /** What is down, by its place on the keyboard: with Shift let go first the same key has another name when it comes up. */
  const held = new Map<string, { key: string; speed: number }>()
  let timer: ReturnType<typeof setInterval> | undefined

  async function say(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
      error.value = null
    } catch (caught) {
      error.value = caught
    }
  }
  function press(move: CameraMove, speed: number): void {
    if (moving.value === move) return
    clearInterval(timer)
    moving.value = move
    const turn = () => void say(() => line.turn({ id, move, speed }))
    turn()
    timer = setInterval(turn, turnRenewMs)
  }
  function release(): void {
    if (moving.value === null) return
    clearInterval(timer)
    moving.value = null
    void say(() => line.halt({ id }))
  }
  /** On the pad; not what a slider or a field of it takes for itself. */
  function onKeyDown(event: KeyboardEvent, speed: number): void {
    if (event.target instanceof Element && event.target.matches('input, textarea')) return
    if (!event.repeat) held.set(event.code, { key: event.key, speed })
    if (follow()) event.preventDefault()
  }
  /** On the whole page: a key that is let go elsewhere is let go. */
  function onKeyUp(event: KeyboardEvent): void {
    if (held.delete(event.code)) follow()
  }
  /** @returns whether the held keys say where to */
  function follow(): boolean {
    const keys = [...held.values()]
    const direction = directionOf(new Set(keys.map(({ key }) => key)))
    if (direction === null) release()
    else press(direction, keys.at(-1)?.speed ?? 1)
    return direction !== null
  }
  /** Which keys are held is not known any more. */
  function letGo(): void {
    held.clear()
    release()
  }
  useLetGo(letGo)
  window.addEventListener('keyup', onKeyUp)
  onScopeDispose(() => window.removeEventListener('keyup', onKeyUp))
  return { moving, error, press, release, onKeyDown, letGo }
}
