// Each wall is seen to fall over an offending file, and to stand when the same files keep to it.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../programs.mjs'

type Files = Record<string, string>

/** Files that keep to every wall, and that the offenders below import. */
const clean: Files = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { sqlite3: '1', zod: '1', mediasoup: '1', serialport: '1', '@nats-io/transport-node': '1' },
    devDependencies: { electron: '1', cesium: '1', vue: '1', chokidar: '1' },
  }),
  ...Object.fromEntries(
    ['sqlite3', 'zod', 'mediasoup', 'serialport', '@nats-io/transport-node', 'electron', 'cesium', 'vue', 'chokidar'].flatMap(fakePackage),
  ),
  'native/contract/index.ts': "import { z } from 'zod'\nexport const contract = z\n",
  'native/app-router.ts': 'export type AppRouter = { router: true }\nexport const value = 1\n',
  'native/store/database.ts': "import sqlite3 from 'sqlite3'\nexport const database = sqlite3\n",
  'native/kernel/log.ts': 'export const log = 1\n',
  'native/features/plans/plans.service.ts': 'export class PlansService {}\n',
  'native/features/tasks/tasks.service.ts': "import type { PlansService } from '../plans/plans.service.ts'\nexport type Uses = PlansService\n",
  'native/media/sfu.ts': "import mediasoup from 'mediasoup'\nexport const sfu = mediasoup\n",
  'native/link/nats/connection.ts': "import nats from '@nats-io/transport-node'\nexport const connection = nats\n",
  'renderer/app/rpc.ts':
    "import type { AppRouter } from '../../native/app-router.ts'\nimport { contract } from '../../native/contract/index.ts'\nexport const rpc = contract as AppRouter\n",
  'renderer/globe/viewer.ts': "import cesium from 'cesium'\nexport const viewer = cesium\n",
  'renderer/features/plans/PlanList.vue': '<script setup lang="ts">\nimport { rpc } from \'../../app/rpc.ts\'\nconsole.log(rpc)\n</script>\n',
  'electron/main.ts': "import electron from 'electron'\nexport const shell = electron\n",
  'build/tool.ts': 'export const tool = 1\n',
}

/** One offence a wall: the file that breaks it. */
const offences: [wall: string, file: string, source: string][] = [
  ['no-cycles', 'native/kernel/log.ts', "import { retry } from './retry.ts'\nexport const log = retry\n"],
  ['station-is-a-plain-node-program', 'native/kernel/shell.ts', "import { shell } from '../../electron/main.ts'\nexport const x = shell\n"],
  ['page-and-shell-know-only-the-contract', 'renderer/app/bad.ts', "import { value } from '../../native/app-router.ts'\nexport const x = value\n"],
  ['page-and-shell-know-only-the-contract', 'electron/bad.ts', "import { log } from '../native/kernel/log.ts'\nexport const x = log\n"],
  ['page-knows-neither-shell-nor-build', 'renderer/app/tool.ts', "import { tool } from '../../build/tool.ts'\nexport const x = tool\n"],
  ['shell-knows-no-page', 'electron/page.ts', "import { viewer } from '../renderer/globe/viewer.ts'\nexport const x = viewer\n"],
  ['page-runs-in-a-browser', 'renderer/app/node.ts', "import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n"],
  ['contract-is-pure', 'native/contract/log.ts', "import { log } from '../kernel/log.ts'\nexport const x = log\n"],
  ['contract-is-pure', 'native/contract/node.ts', "import { join } from 'node:path'\nexport const x = join\n"],
  [
    'feature-takes-types-only-from-another-feature',
    'native/features/tasks/bad.ts',
    "import { PlansService } from '../plans/plans.service.ts'\nexport const x = new PlansService()\n",
  ],
  [
    'feature-takes-types-only-from-another-feature',
    'renderer/features/tasks/Bad.vue',
    '<script setup lang="ts">\nimport PlanList from \'../plans/PlanList.vue\'\nconsole.log(PlanList)\n</script>\n',
  ],
  [
    'inner-rooms-know-no-feature',
    'native/store/bad.ts',
    "import { PlansService } from '../features/plans/plans.service.ts'\nexport const x = PlansService\n",
  ],
  ['sqlite3-behind-one-file', 'native/features/plans/sql.ts', "import sqlite3 from 'sqlite3'\nexport const x = sqlite3\n"],
  ['cesium-in-the-globe-only', 'renderer/features/plans/globe.ts', "import cesium from 'cesium'\nexport const x = cesium\n"],
  ['nats-in-the-link-only', 'native/link/link.ts', "import nats from '@nats-io/transport-node'\nexport const x = nats\n"],
  ['mediasoup-in-media-only', 'native/kernel/sfu.ts', "import mediasoup from 'mediasoup'\nexport const x = mediasoup\n"],
  ['serialport-behind-one-file', 'native/protocols/lg/line.ts', "import serialport from 'serialport'\nexport const x = serialport\n"],
  ['electron-in-the-shell-only', 'build/shell.ts', "import electron from 'electron'\nexport const x = electron\n"],
  ['station-needs-no-development-package', 'native/kernel/watch.ts', "import chokidar from 'chokidar'\nexport const x = chokidar\n"],
  ['nothing-unresolved', 'native/kernel/gone.ts', "import { gone } from './never-there.ts'\nexport const x = gone\n"],
]

let folder = ''
let found: { rule: { name: string }; from: string }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-walls-'))
  await lay(clean)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a tree that keeps to the walls passes', async () => {
  expect(await cruise()).toEqual([])
})

describe('an offence is caught', () => {
  beforeAll(async () => {
    await lay({ 'native/kernel/retry.ts': "import { log } from './log.ts'\nexport const retry = log\n" })
    await lay(Object.fromEntries(offences.map(([, file, source]) => [file, source])))
    found = await cruise()
  })
  test.each(offences)('%s: %s', (wall, file) => {
    expect(found.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(wall)
  })
})

test('every wall has an offence here', async () => {
  const { default: walls } = (await import('./walls.cjs')) as { default: { forbidden: { name: string }[] } }
  expect(new Set(offences.map(([wall]) => wall))).toEqual(new Set(walls.forbidden.map((rule) => rule.name)))
})

function fakePackage(name: string): [string, string][] {
  const package_ = JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' })
  return [
    [`node_modules/${name}/package.json`, package_],
    [`node_modules/${name}/index.js`, 'export default 1\nexport const z = 1\n'],
  ]
}

async function lay(files: Files) {
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), source)
  }
}

async function cruise() {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [program, '--config', join(root, 'build/walls/walls.cjs'), '--output-type', 'json', 'native', 'renderer', 'electron', 'build']
  // The program exits with the number of offences; what it found is on its standard output either way.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }).catch(
    (error: { stdout: string }) => error,
  )
  return (JSON.parse(stdout) as { summary: { violations: typeof found } }).summary.violations
}
