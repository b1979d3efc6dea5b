// All that a page learns of the shell it runs in: that there is one, and which.
import { contextBridge } from 'electron'

export interface WanglouShell {
  electron: string
  chromium: string
}

const shell: WanglouShell = { electron: process.versions.electron ?? '', chromium: process.versions.chrome ?? '' }
contextBridge.exposeInMainWorld('wanglouShell', shell)
