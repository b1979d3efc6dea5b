// Where the SFU worker lies: set by a person, packaged, brought by the package itself, or built once by `npm run setup:sfu`.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolder, findProgram, type Program } from '../../kernel/binaries.ts'

/** What mends a missing worker; shown to people, so it stands in one place. */
export const setupCommand = 'npm run setup:sfu'

/** @param setting path out of `config.json` */
export function findWorker(setting: string | null): Program {
  const name = 'mediasoup-worker'
  const file = process.platform === 'win32' ? `${name}.exe` : name
  const folder = packageFolder()
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return findProgram({
    name,
    variable: 'WANGLOU_SFU_WORKER',
    setting,
    // The same path as in build/setup-sfu.mjs.
    known: [join(folder, 'worker', 'out', 'Release', file), join(cacheFolder('sfu', `${version}-${process.arch}`), file)],
  })
}

/** The package does not export its package.json: it is found from its main file, `node/lib/index.js`. */
function packageFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('mediasoup')), '..', '..')
}
