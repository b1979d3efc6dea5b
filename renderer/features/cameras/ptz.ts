// Turning a camera from the page: says again and again that a move goes on, and stops with the key, the pointer, the focus of the page.
import { onScopeDispose, ref } from 'vue'
import { type CameraMove, turnRenewMs } from '../../../native/contract/index.ts'

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
  const held = new Set<string>()
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
  function onKey(event: KeyboardEvent, speed: number): void {
    if (event.repeat) return event.preventDefault()
    const isDown = event.type === 'keydown'
    if (isDown) held.add(event.key)
    else held.delete(event.key)
    const direction = directionOf(held)
    if (direction !== null) {
      event.preventDefault()
      press(direction, speed)
    } else release()
  }
  /** The page lost the focus: which keys are held is not known any more. */
  function letGo(): void {
    held.clear()
    release()
  }
  window.addEventListener('blur', letGo)
  document.addEventListener('visibilitychange', letGo)
  onScopeDispose(() => {
    window.removeEventListener('blur', letGo)
    document.removeEventListener('visibilitychange', letGo)
    letGo()
  })
  return { moving, error, press, release, onKey, letGo }
}
