// Which page of a PDF stands now. Pure.

/** Which page stands now: every screen turns at the same moment. @returns from 1 */
export function pageAt(nowMs: number, { count, pageS }: { count: number; pageS: number }): number {
  return pageS === 0 || count <= 1 ? 1 : (Math.floor(nowMs / 1000 / pageS) % count) + 1
}
