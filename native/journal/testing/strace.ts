// Reads what strace wrote: writes with their bytes, syncs, and what was said on standard output, in the order in which they ended.

export type Call =
  | { kind: 'write'; path: string; offset: number; data: Buffer }
  | { kind: 'sync'; path: string; began: number }
  | { kind: 'truncate'; path: string; size: number }
  | { kind: 'said'; text: string }

/** Arguments for strace: every thread, the bytes of each write, the paths of file numbers. */
export const straceArguments = ['-f', '-y', '-xx', '-s', '70000', '-e', 'trace=pwrite64,write,fsync,fdatasync,ftruncate', '--seccomp-bpf']

/** @param began index of the call after which a sync was asked for: it covers what had ended by then */
export function parseTrace(trace: string): Call[] {
  const calls: Call[] = []
  const unfinished = new Map<string, { text: string; began: number }>()
  for (const line of trace.split('\n')) {
    const match = /^(\d+)\s+(.*)$/.exec(line)
    if (match === null) continue
    const [, pid = '', text = ''] = match
    if (text.endsWith('<unfinished ...>')) {
      unfinished.set(pid, { text: text.slice(0, -'<unfinished ...>'.length).trimEnd(), began: calls.length })
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)
    const start = resumed === null ? null : unfinished.get(pid)
    if (resumed !== null && start === undefined) continue
    const whole = start === null || start === undefined ? text : start.text + (resumed?.[1] ?? '')
    unfinished.delete(pid)
    const call = parseCall(whole, start?.began ?? calls.length)
    if (call !== null) calls.push(call)
  }
  return calls
}

function parseCall(text: string, began: number): Call | null {
  const sync = /^(?:fsync|fdatasync)\(\d+<([^>]*)>\)\s+= 0$/.exec(text)
  if (sync !== null) return { kind: 'sync', path: unescaped(sync[1] ?? '').toString(), began }
  const truncate = /^ftruncate\(\d+<([^>]*)>, (\d+)\)\s+= 0$/.exec(text)
  if (truncate !== null) return { kind: 'truncate', path: unescaped(truncate[1] ?? '').toString(), size: Number(truncate[2]) }
  const write = /^pwrite64\(\d+<([^>]*)>, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)\)\s+= (\d+)$/.exec(text)
  if (write !== null)
    return {
      kind: 'write',
      path: unescaped(write[1] ?? '').toString(),
      offset: Number(write[3]),
      data: unescaped(write[2] ?? '').subarray(0, Number(write[4])),
    }
  const said = /^write\(1<[^>]*>, "((?:\\x[0-9a-f]{2})*)", \d+\)\s+= \d+$/.exec(text)
  return said === null ? null : { kind: 'said', text: unescaped(said[1] ?? '').toString() }
}

function unescaped(text: string): Buffer {
  return text.includes('\\x') ? Buffer.from(text.replaceAll('\\x', ''), 'hex') : Buffer.from(text)
}
