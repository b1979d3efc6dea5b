// The command line of the station.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDirectory, programDirectory } from './kernel/config.ts'
import { type Lang, StartTrouble } from './start-words.ts'

export interface StationArguments {
  isHeadless: boolean
  /** null = what `config.json` says. */
  port: number | null
  directory: string
  /** A pack to load at the first start instead of the shipped one. */
  pack: string | null
  isWithoutSample: boolean
  lang: Lang
  /** First line: the first administrator's password. */
  passwordFile: string | null
  pageDirectory: string
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean' },
        port: { type: 'string' },
        data: { type: 'string' },
        pack: { type: 'string' },
        'no-sample': { type: 'boolean' },
        lang: { type: 'string' },
        'password-file': { type: 'string' },
        page: { type: 'string' },
      },
    }).values
  } catch (cause) {
    throw new StartTrouble('usage', { detail: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}

/** @throws StartTrouble `usage` */
export function readArguments(args: readonly string[]): StationArguments {
  const values = parse(args)
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) < 65_536))
    throw new StartTrouble('usage', { detail: `--port ${values.port}` })
  const lang = values.lang ?? 'zh-CN'
  if (lang !== 'zh-CN' && lang !== 'en') throw new StartTrouble('usage', { detail: `--lang ${lang}` })
  return {
    isHeadless: values.headless === true,
    port: values.port === undefined ? null : Number(values.port),
    directory: resolve(values.data ?? defaultDataDirectory()),
    pack: values.pack === undefined ? null : resolve(values.pack),
    isWithoutSample: values['no-sample'] === true,
    lang,
    passwordFile: values['password-file'] === undefined ? null : resolve(values['password-file']),
    // Compiled, everything lies together under dist/.
    pageDirectory: resolve(values.page ?? resolve(programDirectory, import.meta.url.endsWith('.js') ? 'page' : 'dist/page')),
  }
}
