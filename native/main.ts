// The command line: one station on one data directory, until it is told to stop.
import { access, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from './app.ts'
import { passwordProblem, WanglouError } from './contract/index.ts'
import { defaultCost } from './features/accounts/verifiers.ts'
import { ConfigError, programDirectory, readConfig } from './kernel/config.ts'
import { DirectoryLock, type Holder } from './kernel/directory-lock.ts'
import { Lifecycle } from './kernel/lifecycle.ts'
import { openLog } from './kernel/log.ts'
import { readArguments, type StationArguments } from './options.ts'
import { exitCodes, type Lang, noticeWords, StartTrouble, troubleWords } from './start-words.ts'
import type { Restored } from './store/restore.ts'

/** The first administrator's login when her password comes from a file. */
const firstLogin = 'admin'
const stopTimeoutMs = 1_500
const stopWithinMs = 4_500
const restartAfterMs = 300

async function main(args: readonly string[]): Promise<void> {
  const options = readArguments(args)
  await mkdir(options.directory, { recursive: true, mode: 0o700 })
  const lock = DirectoryLock.take(options.directory)
  if (!(lock instanceof DirectoryLock)) throw await alreadyRunning(lock, options.directory)
  process.once('exit', () => lock.release())
  await run(options, lock)
}

async function run(options: StationArguments, lock: DirectoryLock): Promise<void> {
  const config = await readConfig(options.directory)
  if (options.pack !== null) await mustExist('--pack', options.pack)
  const password = options.passwordFile === null ? null : await readPassword(options.passwordFile)
  const { log, state: logState } = openLog({ directory: options.directory, level: config.logLevel })
  const lifecycle = new Lifecycle({ log, stopTimeoutMs })
  stopOnSignal(lifecycle)
  process.on('uncaughtException', (error) => {
    log.fatal({ error }, 'uncaught')
    void lifecycle.stop().finally(() => process.exit(exitCodes.failed))
  })
  const version = await readVersion()
  log.info({ version, node: process.version, pid: process.pid }, 'starting')
  const port = options.port ?? config.port
  const app = await createApp({
    ...options,
    version,
    port,
    config,
    log,
    logState,
    lifecycle,
    cost: defaultCost,
    restart: () => restart(lifecycle),
  }).catch((error: unknown) => {
    log.error({ error }, 'start failed')
    throw error
  })
  if (password !== null && app.accounts.service.setup().stage === 'first-account') {
    await app.accounts.service.createFirst({ login: firstLogin, name: '系统管理员', password })
  }
  await app.packs.begin({ pack: options.pack, withSample: !options.isWithoutSample })
  sayRestored(app.store.restored, options.lang)
  lock.setOrigin(app.door.origin)
  log.info({ port: app.door.port }, 'ready')
  const url = new URL(app.startUrl(true))
  if (options.lang !== 'zh-CN') url.searchParams.set('lang', options.lang)
  process.stdout.write(`wanglou ready ${url.href}\n`)
}

/** A database that was found damaged: the start goes on, but nobody may overlook it. */
function sayRestored(restored: Restored | null, lang: Lang): void {
  if (restored === null) return
  const copiedAt = restored.copiedAt === null ? '' : new Date(restored.copiedAt).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
  const notice = restored.from === null ? 'startedEmpty' : 'restored'
  process.stderr.write(`${noticeWords(notice, { setAside: restored.setAside, from: restored.from ?? '', copiedAt }, lang)}\n`)
}

/** Ctrl-C or SIGTERM: everything is closed in order; whatever hangs does not keep the process beyond 5 s. */
function stopOnSignal(lifecycle: Lifecycle): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(exitCodes.failed), stopWithinMs).unref()
    void lifecycle.stop().then(() => process.exit(exitCodes.ok))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}

/** Whoever started us starts us again: `npm start`, the shell, the service manager. The answer to whoever asked goes out first. */
function restart(lifecycle: Lifecycle): void {
  setTimeout(() => void lifecycle.stop().then(() => process.exit(exitCodes.again)), restartAfterMs)
}

/** Points whoever started a second one to the first, with a fresh link. */
async function alreadyRunning(holder: Holder, directory: string): Promise<StartTrouble> {
  return new StartTrouble('running', { pid: holder.pid, directory, link: (await freshLink(holder, directory)) ?? '' })
}

async function freshLink(holder: Holder, directory: string): Promise<string | null> {
  if (holder.origin === null) return null
  try {
    const bearer = (await readFile(join(directory, 'bearer-token'), 'utf8')).trim()
    const answer = await fetch(`${holder.origin}/token`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${bearer}` },
      signal: AbortSignal.timeout(2_000),
    })
    return answer.ok ? ((await answer.json()) as { url: string }).url : null
  } catch {
    // Another person's station, or one that is just stopping: then there is no link to give.
    return null
  }
}

async function mustExist(option: string, path: string): Promise<void> {
  await access(path).catch((cause: unknown) => {
    throw new StartTrouble('usage', { detail: `${option} ${path}: ${(cause as NodeJS.ErrnoException).code ?? ''}` }, { cause })
  })
}

async function readPassword(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StartTrouble('usage', { detail: `--password-file: ${(cause as NodeJS.ErrnoException).code ?? ''}` }, { cause })
  })
  const password = (text.split(/\r?\n/)[0] ?? '').trimEnd()
  const problem = passwordProblem(password, firstLogin)
  if (problem !== null) throw new StartTrouble('usage', { detail: `--password-file: ${problem} (≥ 10, 3/4: a–z A–Z 0–9 其他)` })
  return password
}

async function readVersion(): Promise<string> {
  const candidates = [join(programDirectory, 'package.json'), join(programDirectory, '..', 'package.json')]
  for (const path of candidates) {
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text !== null) return (JSON.parse(text) as { version: string }).version
  }
  return 'unknown'
}

function troubleOf(error: unknown, directory: string): StartTrouble {
  if (error instanceof StartTrouble) return error
  if (error instanceof ConfigError) return new StartTrouble('usage', { detail: error.message }, { cause: error })
  const code = error instanceof WanglouError ? error.code : (error as NodeJS.ErrnoException | null)?.code
  switch (code) {
    case 'READ_ONLY':
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
      return new StartTrouble('readOnly', { directory }, { cause: error })
    case 'DISK_FULL':
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartTrouble('diskFull', { directory }, { cause: error })
    case 'DATABASE_NEWER':
      return new StartTrouble('newer', { directory, detail: String((error as WanglouError).params['migration'] ?? '') }, { cause: error })
    case 'DATABASE_CORRUPT':
      return new StartTrouble('corrupt', { directory }, { cause: error })
    case 'EADDRINUSE':
      return new StartTrouble('port', { detail: String((error as { port?: number }).port ?? '') }, { cause: error })
    default:
      return new StartTrouble('failed', { detail: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}

function langOf(args: readonly string[]): Lang {
  return args[args.indexOf('--lang') + 1] === 'en' ? 'en' : 'zh-CN'
}

function directoryOf(args: readonly string[]): string {
  try {
    return readArguments(args).directory
  } catch {
    // The arguments themselves are the trouble; their words need no directory.
    return ''
  }
}

const args = process.argv.slice(2)
// A closed pipe (`| head`) is no reason to end a duty officer's station.
process.stdout.on('error', () => undefined)
await main(args).catch((error: unknown) => {
  const trouble = troubleOf(error, directoryOf(args))
  process.stderr.write(`${troubleWords(trouble.trouble, trouble.params, langOf(args))}\n`)
  process.exit(exitCodes[trouble.trouble])
})
