// Opens the console in Electron for the end-to-end tests: the shell over a station that runs already, as a page of Playwright.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type BrowserContext, type Page } from '@playwright/test'
import { findElectron, root } from './programs.mjs'

export interface ElectronConsole {
  context: BrowserContext
  page: Page
  close(): Promise<void>
}

/**
 * One shell is one person: its cookies are its own.
 * @param url the station's address with a one-time token
 * @throws Error when Electron's binary is not installed
 */
export async function openElectronConsole(url: string): Promise<ElectronConsole> {
  const executablePath = findElectron()
  if (executablePath === null) throw new Error("Electron's binary is not installed")
  const data = await mkdtemp(join(tmpdir(), 'wanglou-shell-'))
  const app = await _electron.launch({
    executablePath,
    args: ['--no-sandbox', root, '--station', url, '--data', data],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  return {
    context: app.context(),
    page: await app.firstWindow(),
    async close() {
      await app.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}
