// The shell's command line: what is the shell's own, and what goes through to the station.
import { parseArgs } from 'node:util'
import type { DisplayChoice } from './displays.ts'

export interface ShellOptions {
  /** Full screen without a way out by mouse, for a console that serves nothing else. */
  isKiosk: boolean
  displays: DisplayChoice
  /** The station's data directory; null = the station's own default. */
  data: string | null
  /** Address, with its token, of a station that runs already: the shell shows it and starts none. */
  station: string | null
  stationArgs: string[]
}

const stationOptions = ['data', 'pack', 'lang', 'port', 'password-file'] as const

/**
 * Reads what it knows and passes over the rest: Chromium's own switches and the application's path stand in the same line.
 * @param argv the whole `process.argv`
 * @throws Error with words for the person when `--displays` is neither `all`, `primary` nor numbers, or `--station` is on another machine
 */
export function readShellOptions(argv: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...argv.slice(1)],
    strict: false,
    options: {
      kiosk: { type: 'boolean' },
      displays: { type: 'string' },
      station: { type: 'string' },
      'no-sample': { type: 'boolean' },
      ...Object.fromEntries(stationOptions.map((name) => [name, { type: 'string' as const }])),
    },
  })
  const stationArgs = stationOptions.flatMap((name) => (typeof values[name] === 'string' ? [`--${name}`, values[name]] : []))
  if (values['no-sample'] === true) stationArgs.push('--no-sample')
  return {
    isKiosk: values.kiosk === true,
    displays: readDisplays(values.displays),
    station: readStation(values.station),
    data: typeof values.data === 'string' ? values.data : null,
    stationArgs,
  }
}

function readDisplays(value: unknown): DisplayChoice {
  if (value === undefined) return 'primary'
  if (value === 'all' || value === 'primary') return value
  const numbers = String(value).split(',').map(Number)
  if (numbers.some((number) => !Number.isInteger(number) || number < 1))
    throw new Error(`--displays ${String(value)}: all, primary, or numbers as in 1,3`)
  return numbers
}

function readStation(value: unknown): string | null {
  if (typeof value !== 'string') return null
  if (!URL.canParse(value) || !/^http:\/\/127\.0\.0\.1:\d+\//.test(value))
    throw new Error(`--station ${value}: the address a station on this machine printed`)
  return value
}
