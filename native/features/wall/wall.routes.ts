// `/wall-files/<screen>/<sha256>` gives a paired screen the files that its wall's scenes show, and no others.
import { Id, type ScreenContent, Sha256, WanglouError } from '../../contract/index.ts'
import type { HttpRoute, SessionRoute } from '../../door/http-types.ts'

export function wallFilesRoute(options: {
  blobs: HttpRoute
  shown: (screen: string, session: string) => Promise<ScreenContent | null>
}): SessionRoute {
  return {
    prefix: '/wall-files/',
    async handle(request, response, { session, path, query }) {
      const [screen, file] = path.split('/')
      const [id, sha256] = [Id.safeParse(screen), Sha256.safeParse(file)]
      if (!id.success || !sha256.success) throw new WanglouError('NOT_FOUND')
      const content = await options.shown(id.data, session.id)
      if (content?.tiles.some(({ tile }) => 'file' in tile && tile.file === sha256.data) !== true) throw new WanglouError('NOT_FOUND')
      // Whoever asks is a screen, not a person; what is given does not depend on who it is.
      const actor = { account: 'station', name: '', session: session.id, can: () => false }
      await options.blobs.handle(request, response, { actor, path: sha256.data, query })
    },
  }
}
