// `npm start`: installs what is missing, builds what is stale, starts the station and opens the console. Node 20.19 runs it.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { electronCommand } from './electron.mjs'
import { readOptions } from './options.mjs'
import { ensurePage } from './page.mjs'
import { browserOpener, ourNode, root, stationEnvironment, stationFlags } from './programs.mjs'
import { ensureDependencies } from './setup.mjs'

/** The station's exit code when it wants to be started again (`native/start-words.ts`). */
const exitAgain = 10
/** The station stops by itself well within this; a person who pressed Ctrl-C does not wait longer than 5 s. */
const stopWithinMs = 4_700

async function start() {
  const options = readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  await ensureDependencies()
  await ensurePage()
  const electron = options.isHeadless || options.isBrowser ? null : await electronCommand()
  if (electron !== null) return supervise(electron.command, [...electron.args, ...options.shellArgs, ...options.stationArgs], electron.env, () => {})
  supervise(ourNode(), [...stationFlags, 'native/main.ts', ...options.stationArgs], stationEnvironment(), options.isHeadless ? () => {} : openBrowser)
}

/** Relays the child's lines and our signals, and ends with its exit code. */
function supervise(command, args, env, onReady) {
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let port = null
  createInterface({ input: child.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`)
    if (!line.startsWith('wanglou ready ')) return
    const url = line.slice('wanglou ready '.length).trim()
    port = new URL(url).port
    onReady(url)
  })
  let isStopping = false
  function stop() {
    if (isStopping) return
    isStopping = true
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), stopWithinMs).unref()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, stop)
  const watch = stopWhenOrphaned(stop)
  child.once('error', (error) => fail(error))
  child.once('close', (code, signal) => {
    clearInterval(watch)
    for (const one of signals) process.off(one, stop)
    if (signal !== null) console.error(`The station was ended by ${signal}.`)
    if (code === exitAgain && !isStopping) return supervise(command, withPort(args, port), env, () => {})
    process.exitCode = code ?? 1
  })
}

/** Started again it keeps its port, so that the pages find it by themselves. */
function withPort(args, port) {
  if (port === null) return args
  const at = args.indexOf('--port')
  return [...(at < 0 ? args : args.toSpliced(at, 2)), '--port', port]
}

/** npm may end without telling us (a shell between us swallows its signal); a station nobody can stop must not stay. */
function stopWhenOrphaned(stop) {
  const parent = process.ppid
  if (process.env.npm_lifecycle_event !== 'start') return undefined
  const watch = setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 500)
  watch.unref()
  return watch
}

function openBrowser(url) {
  const opener = browserOpener(url)
  if (opener === null) return console.error('No browser was found to open; open the address above in one.')
  const child = spawn(opener.command, opener.args, { stdio: 'ignore', detached: true })
  child.once('error', (error) => console.error(`The browser could not be opened (${error.message}); open the address above in one.`))
  child.unref()
}

function fail(error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

// A closed pipe (`npm start | head`) is no reason to end a duty officer's console.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})
await start().catch(fail)
