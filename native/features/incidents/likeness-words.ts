// What the words of two reports share: pairs of characters, and the longest stretches both have. Pure.

function pairsOf(runs: readonly string[]): Set<string> {
  return new Set(
    runs.flatMap((run) =>
      /^\p{Script=Han}/u.test(run) ? Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2)) : [run.toLowerCase()],
    ),
  )
}

export function shareOf(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [pairsOf(left), pairsOf(right)]
  if (a.size < 2 || b.size < 2) return 0
  return [...a].filter((pair) => b.has(pair)).length / Math.min(a.size, b.size)
}

/** The longest stretches both have, two characters at least. */
export function sharedRuns(left: readonly string[], right: readonly string[]): string[] {
  const theirs = pairsOf(right)
  const found = new Set<string>()
  for (const run of left) {
    if (!/^\p{Script=Han}/u.test(run)) {
      if (run.length > 1 && theirs.has(run.toLowerCase())) found.add(run)
      continue
    }
    for (let from = 0; from + 1 < run.length; from += 1) {
      let to = from + 2
      if (!theirs.has(run.slice(from, to))) continue
      while (to < run.length && right.some((other) => other.includes(run.slice(from, to + 1)))) to += 1
      found.add(run.slice(from, to))
    }
  }
  return [...found].filter((run) => ![...found].some((other) => other !== run && other.includes(run))).toSorted((x, y) => y.length - x.length)
}

export function longestShared(runs: readonly string[]): number {
  return Math.max(0, ...runs.map((run) => run.length))
}
