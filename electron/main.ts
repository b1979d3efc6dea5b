// The shell: one instance, which starts the station and opens its windows.
import { join } from 'node:path'
import { app, dialog, session } from 'electron'
import { readShellOptions, type ShellOptions } from './options.ts'
import { offerScreens } from './screen-share.ts'
import { lockAllContents, lockSession } from './security.ts'
import { exitAlreadyRunning, Station } from './station.ts'
import { WallWindows } from './wall-windows.ts'
import { Windows } from './windows.ts'

/** Builds everything, in order. */
async function open(options: ShellOptions): Promise<void> {
  lockAllContents({ origin: () => windows.origin, onScreen: (asked) => wall.open(asked) })
  await app.whenReady()
  const folder = import.meta.dirname
  const windows = new Windows({ choice: options.displays, isKiosk: options.isKiosk, folder })
  const wall = new WallWindows({ folder, file: join(app.getPath('userData'), 'wall-windows.json') })
  lockSession(session.defaultSession, () => windows.origin)
  offerScreens(session.defaultSession, () => windows.origin)
  const show = (url: string) =>
    void windows.show(url).then(
      // After the console's own page has the cookie they share.
      () => wall.show(new URL(url).origin),
      (error: unknown) => console.error('The console could not be shown.', error),
    )
  app.on('before-quit', () => wall.end())
  app.on('second-instance', () => windows.focus())
  app.on('window-all-closed', () => app.quit())
  if (options.station !== null) return show(options.station)
  const station = new Station({
    script: join(import.meta.dirname, 'station-host.js'),
    args: options.stationArgs,
    onLine: (line) => process.stdout.write(`${line}\n`),
    onReady: show,
    onGivenUp: giveUp,
  })
  stopBeforeQuit(station)
  station.start()
}

/** The station is given its time to stop before the program ends. */
function stopBeforeQuit(station: Station): void {
  let isStopped = false
  app.on('before-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    station
      .stop()
      .catch((error: unknown) => console.error('The station did not stop well.', error))
      .finally(() => {
        isStopped = true
        app.quit()
      })
  })
}

function giveUp(exitCode: number, words: string): void {
  const fallback = `值守站没有启动（${exitCode}）。请看数据目录中的 wanglou.log。\nThe station did not start (${exitCode}). See wanglou.log in the data directory.`
  dialog.showErrorBox('望楼 Wanglou', words === '' ? fallback : words)
  app.exit(exitCode === 0 ? 1 : exitCode)
}

const options = readShellOptions(process.argv)
// Two consoles on two data directories are two programs: each has its own lock, cookies and cache.
if (options.data !== null) app.setPath('userData', join(options.data, 'shell'))
for (const flag of ['disable-background-networking', 'disable-component-update', 'disable-sync']) app.commandLine.appendSwitch(flag)
if (app.requestSingleInstanceLock()) {
  // Not awaited here: Electron becomes ready only after this file has run to its end.
  open(options).catch((error: unknown) => {
    console.error('The shell could not be opened.', error)
    app.exit(1)
  })
} else {
  console.error('This console is open already; its window was brought forward.')
  app.exit(exitAlreadyRunning)
}
