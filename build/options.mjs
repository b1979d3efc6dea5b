// The options of `npm start`: which are ours, which go through to the station. Node 20.19 runs it.
import { parseArgs } from 'node:util'
import { resolve } from 'node:path'

/** Meant for Electron's windows. */
const shellOptions = ['kiosk', 'displays']
const paths = ['data', 'pack', 'password-file']

/**
 * @param {string[]} args what stands after `--`
 * @param {string} folder where the person stood: relative paths are meant from there, npm has changed to the project
 * @returns {{ isHeadless: boolean, isBrowser: boolean, stationArgs: string[], shellArgs: string[] }}
 */
export function readOptions(args, folder) {
  const { values } = parseArgs({
    args,
    options: {
      browser: { type: 'boolean' },
      headless: { type: 'boolean' },
      port: { type: 'string' },
      data: { type: 'string' },
      pack: { type: 'string' },
      'no-sample': { type: 'boolean' },
      lang: { type: 'string' },
      'password-file': { type: 'string' },
      kiosk: { type: 'boolean' },
      displays: { type: 'string' },
    },
  })
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) < 65_536))
    throw new Error(`--port ${values.port}: 0 to 65535`)
  if (values.lang !== undefined && !['zh-CN', 'en'].includes(values.lang)) throw new Error(`--lang ${values.lang}: zh-CN or en`)
  const stationArgs = []
  const shellArgs = []
  for (const [name, value] of Object.entries(values)) {
    if (name === 'browser') continue
    const own = shellOptions.includes(name) ? shellArgs : stationArgs
    own.push(`--${name}`)
    if (typeof value === 'string') own.push(paths.includes(name) ? resolve(folder, value) : value)
  }
  return { isHeadless: values.headless === true, isBrowser: values.browser === true, stationArgs, shellArgs }
}
