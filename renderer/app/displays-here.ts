// The displays of this console, and a page that is a screen opened on one of them; the shell makes a kiosk of it and remembers the display, a browser places a window.

export interface DisplayHere {
  /** From 1, left to right, as people count them. */
  number: number
  left: number
  top: number
  width: number
  height: number
  /** The page that asks is on it. */
  isHere: boolean
}

interface ScreenDetailed {
  left: number
  top: number
  width: number
  height: number
}
interface ScreenDetails {
  screens: ScreenDetailed[]
  currentScreen: ScreenDetailed
}
type WithDetails = Window & { getScreenDetails?: () => Promise<ScreenDetails> }

/** Where a browser does not tell of other displays, or a person does not let it, there is the one under this page. */
export async function displaysHere(): Promise<DisplayHere[]> {
  const details = await (window as WithDetails).getScreenDetails?.().catch(() => null)
  if (details === undefined || details === null) {
    const { width, height } = window.screen
    return [{ number: 1, left: window.screenX, top: window.screenY, width, height, isHere: true }]
  }
  return [...details.screens]
    .sort((a, b) => a.left - b.left || a.top - b.top)
    .map((one, index) => ({
      number: index + 1,
      left: one.left,
      top: one.top,
      width: one.width,
      height: one.height,
      isHere: one === details.currentScreen,
    }))
}

/** @param screen its path, and the name of its window: opened again it is the same one */
export function openScreenOn({ left, top, width, height }: DisplayHere, screen: { path: string; name: string }): void {
  window.open(screen.path, screen.name, `popup,left=${left},top=${top},width=${width},height=${height}`)
}
