// The sample pack's night: forty messages over three hours, as they came in.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../build/programs.mjs'

export interface NightMessage {
  /** Minutes from the start of the night. */
  at: number
  channel: string
  from: string
  matter: string
  text: string
}

const line = /^ {2}- \{ at: (\d+), channel: ([^,]+), from: ([^,]+), matter: ([^,]+), text: (.+) \}$/gmu

export function readNight(): NightMessage[] {
  const yaml = readFileSync(join(root, 'resources', 'packs', 'shaanxi', 'night.yaml'), 'utf8')
  return [...yaml.matchAll(line)].map(([, at, channel = '', from = '', matter = '', text = '']) => ({ at: Number(at), channel, from, matter, text }))
}
