// Finds the programs beside us (ffmpeg, nats-server, the SFU worker): setting → packaged with us → kept in the cache → PATH → not there, which is a state.
import { accessSync, constants, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { programDirectory } from './config.ts'

export interface ProgramQuery {
  /** File name without `.exe`. */
  name: string
  /** The environment variable that names it, e.g. `WANGLOU_FFMPEG`. */
  variable: string
  /** Path out of `config.json`; the variable goes before it. */
  setting: string | null
  /** Where else it may lie, in order: between what is packaged and PATH. */
  known?: readonly string[]
}

/** `path` null: it is nowhere; `wrong` then is the path somebody set and where nothing lies (null = nobody set one). */
export type Program = { path: string; from: 'setting' | 'bundled' | 'known' | 'path'; wrong: null } | { path: null; from: null; wrong: string | null }

/** Debian puts servers where only root's PATH looks. */
const systemFolders = process.platform === 'win32' ? [] : ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/usr/local/sbin']

/** A path that somebody set is believed: where nothing lies there, no other is taken in its stead. */
export function findProgram(query: ProgramQuery): Program {
  const { name, variable, setting, known = [] } = query
  const named = process.env[variable] || setting
  if (named !== null && named !== '')
    return isProgram(named) ? { path: named, from: 'setting', wrong: null } : { path: null, from: null, wrong: named }
  const file = process.platform === 'win32' ? `${name}.exe` : name
  const candidates = [
    ...bundleFolders().map((folder) => ({ path: join(folder, file), from: 'bundled' as const })),
    ...known.map((path) => ({ path, from: 'known' as const })),
    ...searchPath().map((folder) => ({ path: join(folder, file), from: 'path' as const })),
  ]
  const found = candidates.find(({ path }) => isProgram(path))
  return found === undefined ? { path: null, from: null, wrong: null } : { ...found, wrong: null }
}

/** What was built or fetched once for this machine, outside the tree so that a fresh clone finds it again. */
export function cacheFolder(...parts: string[]): string {
  const base =
    process.platform === 'win32'
      ? (process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(base, 'wanglou', ...parts)
}

/** electron-builder's `extraResources`: beside the packaged application; in a clone, where packaging takes it from. */
function bundleFolders(): string[] {
  const kind = `${osName()}-${process.arch}`
  return [join(programDirectory, '..', '..', 'bin', kind), join(programDirectory, 'build', 'bin', kind)]
}

/** electron-builder's names of systems. */
function osName(): string {
  if (process.platform === 'win32') return 'win'
  return process.platform === 'darwin' ? 'mac' : process.platform
}

function searchPath(): string[] {
  return [...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...systemFolders]
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there, or not ours to run: the same to whoever wants to run it.
    return false
  }
}
