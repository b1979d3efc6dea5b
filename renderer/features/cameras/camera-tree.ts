// The list as a tree: 区划 → 权属单位 → 设备; a level that says nothing is left out.
import type { CameraRow } from '../../../native/contract/index.ts'

export interface TreeLine {
  key: string
  depth: number
  /** A branch with its name and how many cameras hang on it, or a camera. */
  branch: { name: string; count: number } | null
  camera: CameraRow | null
}

const words = new Intl.Collator('zh-CN', { numeric: true })

/** By area code, then as people count: 通道 2 stands before 通道 10. */
export function inOrder(cameras: readonly CameraRow[]): CameraRow[] {
  return cameras.toSorted(
    (a, b) =>
      Number((a.area ?? '') > (b.area ?? '')) - Number((a.area ?? '') < (b.area ?? '')) ||
      words.compare(a.owner, b.owner) ||
      words.compare(a.device, b.device) ||
      words.compare(a.channel, b.channel) ||
      words.compare(a.name, b.name),
  )
}

/** @param closed keys of branches whose cameras are not shown */
export function treeLines(cameras: readonly CameraRow[], closed: ReadonlySet<string>): TreeLine[] {
  return grow(cameras, { levels: [({ areaName }) => areaName ?? '', ({ owner }) => owner, ({ device }) => device], key: '', depth: 0, closed })
}

interface Growth {
  levels: readonly ((camera: CameraRow) => string)[]
  key: string
  depth: number
  closed: ReadonlySet<string>
}

function grow(cameras: readonly CameraRow[], { levels, key, depth, closed }: Growth): TreeLine[] {
  const [level, ...rest] = levels
  if (level === undefined) return cameras.map((camera) => ({ key: camera.id, depth, branch: null, camera }))
  return [...Map.groupBy(cameras, level)].flatMap(([name, those]) => {
    const own = `${key}/${name}`
    if (name === '') return grow(those, { levels: rest, key: own, depth, closed })
    const line: TreeLine = { key: own, depth, branch: { name, count: those.length }, camera: null }
    return closed.has(own) ? [line] : [line, ...grow(those, { levels: rest, key: own, depth: depth + 1, closed })]
  })
}
