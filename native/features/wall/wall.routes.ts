// What a screen fetches by plain HTTP: files of its tiles (`/wall-files/<screen>/<sha256>`), its cameras' pictures (`/wall-media/<screen>/…`), maps of its globe (`/wall-tiles/<screen>/…`), and no others.
import { Id, Sha256, WanglouError } from '../../contract/index.ts'
import type { HttpRoute, SessionCall, SessionRoute } from '../../door/http-types.ts'
import type { OwnTile } from './screen-rights.ts'

export interface WallRoutesOptions {
  blobs: HttpRoute
  /** Those of the cameras; each answers for a screen as it does for a person. */
  media: readonly HttpRoute[]
  /** Tiles of the station's maps. */
  maps: HttpRoute
  /** @throws WanglouError SCREEN_UNPAIRED, NOT_FOUND */
  tilesOf: (screen: string, caller: Caller) => Promise<OwnTile[]>
}
export interface Caller {
  session: string
  mayRead: boolean
}

/** Which tile of a screen opens which route, and for what part of its path. */
const opened: Readonly<Record<string, (tiles: readonly OwnTile[], path: string) => boolean>> = {
  '/whep/': hasCamera,
  '/camera-media/': hasCamera,
  '/camera-stills/': hasCamera,
  // By its random name, and of this very session: the route itself looks.
  '/whep-sessions/': (tiles) => tiles.some(({ tile }) => tile.kind === 'camera'),
}
const mediaMethods: Readonly<Record<string, readonly string[]>> = {
  '/whep/': ['POST'],
  '/whep-sessions/': ['DELETE'],
  '/camera-media/': ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
  '/camera-stills/': ['GET', 'HEAD'],
}

export function wallRoutes({ blobs, media, maps, tilesOf }: WallRoutesOptions): SessionRoute[] {
  return [
    {
      prefix: '/wall-files/',
      methods: ['GET', 'HEAD'],
      async handle(request, response, call) {
        const [screen = '', file = ''] = call.path.split('/')
        const [id, sha256] = [Id.safeParse(screen), Sha256.safeParse(file)]
        if (!id.success || !sha256.success) throw new WanglouError('NOT_FOUND')
        const tiles = await tilesOf(id.data, callerOf(call))
        if (!tiles.some(({ tile }) => 'file' in tile && tile.file === sha256.data)) throw new WanglouError('NOT_FOUND')
        await blobs.handle(request, response, { actor: screenActor(call), path: sha256.data, query: call.query })
      },
    },
    {
      prefix: '/wall-media/',
      methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
      async handle(request, response, call) {
        const [screen = '', first = '', ...rest] = call.path.split('/')
        const id = Id.safeParse(screen)
        const prefix = `/${first}/`
        const path = rest.join('/')
        const route = media.find((one) => one.prefix === prefix)
        const isAsked = mediaMethods[prefix]?.includes(request.method ?? '') === true
        // A recording of a camera is no tile: `whep/<camera>/record/…` has more parts than a picture that is live.
        if (!id.success || route === undefined || !isAsked || (prefix === '/whep/' && rest.length !== 2)) throw new WanglouError('NOT_FOUND')
        if (opened[prefix]?.(await tilesOf(id.data, callerOf(call)), path) !== true) throw new WanglouError('NOT_FOUND')
        await route.handle(request, response, { actor: screenActor(call), path, query: call.query })
      },
    },
    {
      prefix: '/wall-tiles/',
      methods: ['GET', 'HEAD'],
      async handle(request, response, call) {
        const [screen = '', ...rest] = call.path.split('/')
        const id = Id.safeParse(screen)
        if (!id.success || !(await tilesOf(id.data, callerOf(call))).some(({ tile }) => tile.kind === 'globe')) throw new WanglouError('NOT_FOUND')
        await maps.handle(request, response, { actor: screenActor(call), path: rest.join('/'), query: call.query })
      },
    },
  ]
}

function hasCamera(tiles: readonly OwnTile[], path: string): boolean {
  const camera = path.split('/')[0]
  return tiles.some(({ tile }) => tile.kind === 'camera' && tile.cameras.some((id) => id === camera))
}

/** Whoever asks is a screen, not a person; what is given does not depend on who it is, and is taken back only by the same browser. */
function screenActor({ session }: SessionCall) {
  return { account: 'station', name: '', session: session.id, can: () => false }
}

function callerOf({ session, context }: SessionCall): Caller {
  return { session: session.id, mayRead: context.actor?.can('wall.read') === true && context.mustChangePassword !== true }
}
