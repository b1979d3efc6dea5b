// Two scenes of pictures and boards for a wall of any shape, with something on the boards: what the bench switches between.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import type { WallTile } from '../../../native/contract/index.ts'
import { root } from '../../programs.mjs'
import { reportedBefore } from '../../../renderer/e2e/incidents.helpers.ts'
import { bearerOf } from './bearer.ts'
import type { WallOfPages } from './screens.ts'

const boards = ['incidents', 'duty', 'alarms', 'resources'] as const

/** @returns the scenes' ids; each screen has one picture and one board in both, at different places, and a banner runs over all */
export async function addScenes({ station, officer, wall, shape }: WallOfPages): Promise<string[]> {
  for (let time = 0; time < 8; time += 1) await reportedBefore(officer, 10 * time)
  const token = await bearerOf(station, 'officer')
  const pictures = await Promise.all(['console', 'globe'].map((name) => keepPicture(station.origin, token, name)))
  return Promise.all([0, 1].map(addScene))

  async function addScene(turn: number): Promise<string> {
    const id = newId()
    const tiles = Array.from({ length: shape.rows * shape.columns }, (_, index) => onScreen(index, turn)).flat()
    tiles.push({ id: newId(), kind: 'banner', text: '黄河渭南段 三级响应', frame: { x: 0, y: 0, width: shape.columns, height: 0.12 } })
    await officer.wall.saveScene.mutate({
      id,
      wall,
      name: `量测 ${turn}`,
      isInternal: false,
      tiles,
      acts: [],
      incidentType: null,
      phase: null,
    })
    return id
  }

  function onScreen(index: number, turn: number): WallTile[] {
    const [x, y] = [index % shape.columns, Math.floor(index / shape.columns)]
    const [left, right] = [0.55, 0.45]
    const picture = { id: newId(), kind: 'picture' as const, file: pictures[(index + turn) % 2]!, name: 'screen.png' }
    const board = { id: newId(), kind: boards[(index + turn) % boards.length]!, incident: null }
    const at = (from: number, width: number) => ({ x: x + from, y: y + 0.12, width, height: 0.88 })
    return turn === 0
      ? [
          { ...picture, frame: at(0, left) },
          { ...board, frame: at(left, right) },
        ]
      : [
          { ...board, frame: at(0, right) },
          { ...picture, frame: at(right, left) },
        ]
  }
}

async function keepPicture(origin: string, token: string, name: string): Promise<string> {
  const response = await fetch(`${origin}/blobs`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    body: await readFile(join(root, 'resources', 'screens', `${name}.png`)),
  })
  if (!response.ok) throw new Error(`the picture ${name} was not kept: ${response.status}`)
  return ((await response.json()) as { sha256: string }).sha256
}
