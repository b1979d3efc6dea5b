// What a page of ours may show of this machine: the screen or window that the person picks herself, in the system's own picker or in a native list.
import { BrowserWindow, desktopCapturer, type DesktopCapturerSource, dialog, Menu, type Session, webContents } from 'electron'
import { isOwn } from './security.ts'

const thumbnailSize = { width: 160, height: 90 }

/** @param origin of the station; null until it is ready */
export function offerScreens(session: Session, origin: () => string | null): void {
  session.setDisplayMediaRequestHandler(
    ({ frame, securityOrigin }, answer) => {
      const contents = frame === null ? undefined : webContents.fromFrame(frame)
      const window = contents === undefined ? null : BrowserWindow.fromWebContents(contents)
      if (window === null || !isOwn(securityOrigin, origin())) return answer(null)
      choose(window).then(
        // Nothing chosen: the page hears an AbortError.
        (source) => answer(source === null ? null : { video: source }),
        (error: unknown) => {
          console.error('No screen or window could be listed for sharing.', error)
          answer(null)
          sayWhy(window)
        },
      )
    },
    { useSystemPicker: true },
  )
}

/** @throws Error when the system lists nothing */
async function choose(window: BrowserWindow): Promise<DesktopCapturerSource | null> {
  const sources = await desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize })
  const [first] = sources
  if (first === undefined) throw new Error('no screens and no windows')
  // There the list itself opens the desktop's picker, and what comes is what was picked.
  return process.env['XDG_SESSION_TYPE'] === 'wayland' ? first : pick(window, sources)
}

/** Screens first, then windows, each with a small picture; arrows, Enter and Esc work in it. */
function pick(window: BrowserWindow, sources: readonly DesktopCapturerSource[]): Promise<DesktopCapturerSource | null> {
  return new Promise((resolve) => {
    const itemOf = (source: DesktopCapturerSource) => ({
      // A single & would underline the letter after it.
      label: source.name.replaceAll('&', '&&'),
      ...(source.thumbnail.isEmpty() ? {} : { icon: source.thumbnail }),
      click: () => resolve(source),
    })
    const isScreen = ({ id }: DesktopCapturerSource) => id.startsWith('screen:')
    const [screens, windows] = [sources.filter(isScreen), sources.filter((source) => !isScreen(source))]
    const items = [...screens.map(itemOf), { type: 'separator' as const }, ...windows.map(itemOf)]
    // On some systems the list closes before its click is told.
    Menu.buildFromTemplate(items).popup({ window, callback: () => setTimeout(() => resolve(null), 200) })
  })
}

function sayWhy(window: BrowserWindow): void {
  const [words, advice] =
    process.env['XDG_SESSION_TYPE'] === 'wayland'
      ? ['没有选定要共享的屏幕或窗口。', '如果系统没有弹出选择窗口，请联系系统管理员安装 xdg-desktop-portal 及本桌面的后端，再共享一次。']
      : ['系统没有列出可共享的屏幕或窗口。', '请检查显示器是否接好、系统是否允许录制屏幕，再共享一次。']
  const english =
    'Nothing was there to share. Check the displays and that the system allows screen recording (Wayland: xdg-desktop-portal), then share again.'
  void dialog.showMessageBox(window, { type: 'warning', title: '望楼 Wanglou', message: words, detail: `${advice}\n${english}` })
}
