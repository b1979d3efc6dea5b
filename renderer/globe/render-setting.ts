// How this machine is to draw the globe: a setting of the machine, kept in its browser; `?render=software` in the address overrules it.
import type { RenderSetting } from './profile.ts'

const STORAGE_KEY = 'wanglou.render'

export function readRenderSetting(): RenderSetting {
  const asked = new URLSearchParams(window.location.search).get('render') ?? window.localStorage.getItem(STORAGE_KEY)
  return asked === 'software' || asked === 'hardware' ? asked : 'auto'
}

export function writeRenderSetting(setting: RenderSetting): void {
  window.localStorage.setItem(STORAGE_KEY, setting)
}
