// Scenes: kept, put in order, carried to another centre as a file, offered when an incident reaches their phase.
import {
  type ActingPerson,
  DELETED,
  type EpochMs,
  isWithinWall,
  SceneFile,
  sceneFileKind,
  sceneFileLimitBytes,
  type SceneInput,
  type WallPhase,
  type WallScene,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import { shippedScenes } from './shipped-scenes.ts'
import { cell, type WallRepository } from './wall.repository.ts'

export interface OpenIncident {
  id: string
  title: string
  typeCode: string | null
  phase: WallPhase
  /** When it came. */
  since: EpochMs
}

/** A scene whose time has come; nobody switches it but a person. */
export interface SceneOffer {
  scene: string
  sceneName: string
  wall: string
  wallName: string
  /** One of the wall's screens is there to show it. */
  isLive: boolean
  incident: string
  incidentTitle: string
  since: EpochMs
  phase: WallPhase
}

export class ScenesService {
  readonly #journal: Journal
  readonly #repository: WallRepository
  readonly #incidents: () => Promise<OpenIncident[]>
  readonly #isConnected: (screen: string) => boolean

  constructor(options: {
    journal: Journal
    repository: WallRepository
    incidents: () => Promise<OpenIncident[]>
    isConnected: (screen: string) => boolean
  }) {
    this.#journal = options.journal
    this.#repository = options.repository
    this.#incidents = options.incidents
    this.#isConnected = options.isConnected
  }

  list(wall: string | null): Promise<WallScene[]> {
    return this.#repository.scenes(wall)
  }

  /** @throws WanglouError NOT_FOUND */
  async stored(id: string): Promise<WallScene> {
    const scene = await this.#repository.scene(id)
    if (scene === null) throw new WanglouError('NOT_FOUND', { scene: id })
    return scene
  }

  /** @throws WanglouError INVALID_INPUT for a tile beyond the wall */
  async save({ id, ...input }: SceneInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const wall = await this.#repository.wall(input.wall)
    if (wall === null) throw new WanglouError('NOT_FOUND', { wall: input.wall })
    if (!input.tiles.every(({ frame }) => isWithinWall(frame, wall))) throw new WanglouError('INVALID_INPUT', { field: 'tiles' })
    const known = await this.#repository.scene(id)
    const position = known?.position ?? (await this.#repository.scenes(input.wall)).length
    await this.#journal.write({
      actor: by.account,
      action: known === null ? 'wall.addScene' : 'wall.editScene',
      subject: { dataset: 'walls', row: input.wall },
      note: { words: input.name },
      rows: [{ dataset: 'wallScenes', row: id, set: { ...input, position, tiles: cell(input.tiles), acts: cell(input.acts) } }],
    })
  }

  async remove(id: string, by: ActingPerson): Promise<void> {
    const scene = await this.stored(id)
    await this.#journal.write({
      actor: by.account,
      action: 'wall.removeScene',
      subject: { dataset: 'walls', row: scene.wall },
      note: { words: scene.name },
      rows: [{ dataset: 'wallScenes', row: id, set: { [DELETED]: true } }],
    })
  }

  /** @param order every scene of the wall, in the order wanted; what is not named stays behind them */
  async arrange(wall: string, order: readonly string[], by: ActingPerson): Promise<void> {
    const scenes = await this.#repository.scenes(wall)
    const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length)
    const sorted = scenes.toSorted((a, b) => place(a.id) - place(b.id))
    await this.#journal.write({
      actor: by.account,
      action: 'wall.arrange',
      subject: { dataset: 'walls', row: wall },
      rows: sorted.map(({ id }, position) => ({ dataset: 'wallScenes', row: id, set: { position } })),
    })
  }

  async export(wall: string): Promise<string> {
    const scenes = await this.#repository.scenes(wall)
    const file = {
      kind: sceneFileKind,
      version: 1,
      scenes: scenes.map(({ name, isInternal, tiles, incidentType, phase }) => ({ name, isInternal, tiles, incidentType, phase })),
    }
    return JSON.stringify(file, null, 2)
  }

  /** Whole or not at all: every member is checked, tiles beyond the wall are refused, and 内部 is never taken over from a file. @throws WanglouError SCENE_FILE_INVALID */
  async import(wall: string, source: string, by: ActingPerson): Promise<number> {
    const shape = await this.#repository.wall(wall)
    if (shape === null) throw new WanglouError('NOT_FOUND', { wall })
    const file = readSceneFile(source)
    const outside = file.scenes.find(({ tiles }) => !tiles.every(({ frame }) => isWithinWall(frame, shape)))
    if (outside !== undefined) throw new WanglouError('SCENE_FILE_INVALID', { reason: `${outside.name}: ${shape.columns}×${shape.rows}` })
    refuseMarked(file.scenes)
    const first = (await this.#repository.scenes(wall)).length
    await this.#journal.write({
      actor: by.account,
      action: 'wall.importScenes',
      subject: { dataset: 'walls', row: wall },
      note: {
        words: file.scenes
          .map(({ name }) => name)
          .join('、')
          .slice(0, 200),
      },
      rows: file.scenes.map((scene, index) => ({
        dataset: 'wallScenes',
        row: newId(),
        set: {
          ...scene,
          isInternal: false,
          wall,
          position: first + index,
          acts: [],
          tiles: cell(scene.tiles.map((tile) => ({ ...tile, id: newId() }))),
        },
      })),
    })
    return file.scenes.length
  }

  /** 日常值守, 事件接报, 指挥会商, 救援处置, 新闻发布, 演练, laid out for this wall's shape. */
  async addShipped(wall: string, by: ActingPerson): Promise<number> {
    const shape = await this.#repository.wall(wall)
    if (shape === null) throw new WanglouError('NOT_FOUND', { wall })
    const known = await this.#repository.scenes(wall)
    const added = shippedScenes(shape).filter(({ name }) => !known.some((scene) => scene.name === name))
    if (added.length === 0) return 0
    await this.#journal.write({
      actor: by.account,
      action: 'wall.addShipped',
      subject: { dataset: 'walls', row: wall },
      note: { words: added.map(({ name }) => name).join('、') },
      rows: added.map(({ tiles, ...scene }, index) => ({
        dataset: 'wallScenes',
        row: newId(),
        set: { ...scene, wall, position: known.length + index, acts: [], tiles: cell(tiles) },
      })),
    })
    return added.length
  }

  /** What is on its wall already is offered no more. */
  async offers(): Promise<SceneOffer[]> {
    const [walls, incidents] = await Promise.all([this.#repository.walls(), this.#incidents()])
    const offers = walls.map(async ({ id: wall, name: wallName }) => {
      const [scenes, [shown], screens] = await Promise.all([
        this.#repository.scenes(wall),
        this.#repository.switches(wall, 1),
        this.#repository.screens(wall),
      ])
      const isLive = screens.some(({ id }) => this.#isConnected(id))
      return scenes
        .filter(({ id }) => id !== shown?.scene)
        .flatMap((scene) =>
          incidents
            .filter(
              ({ phase, typeCode }) => scene.phase === phase && (scene.incidentType === null || typeCode?.startsWith(scene.incidentType) === true),
            )
            .map(({ id, title, phase, since }) => ({
              ...{ scene: scene.id, sceneName: scene.name, wall, wallName, isLive },
              ...{ incident: id, incidentTitle: title, since, phase },
            })),
        )
    })
    return (await Promise.all(offers)).flat()
  }
}

/** @throws WanglouError SCENE_FILE_INVALID */
export function readSceneFile(source: string): SceneFile {
  if (Buffer.byteLength(source) > sceneFileLimitBytes) throw new WanglouError('SCENE_FILE_INVALID', { reason: `> ${sceneFileLimitBytes}` })
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    throw new WanglouError('SCENE_FILE_INVALID', { reason: 'JSON' }, { cause: error })
  }
  const parsed = SceneFile.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new WanglouError('SCENE_FILE_INVALID', { reason: `${issue?.path.join('.') ?? ''} ${issue?.code ?? ''}`.trim() })
}
