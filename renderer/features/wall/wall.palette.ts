// In the palette: go to a wall, or take it back to the scene before.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { useMoment } from '../../app/moment.ts'
import { matches } from '../../app/palette.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { sayIfRefused, saySwitched } from './desk-words.ts'

const search: PaletteSource = async (query) => {
  const session = useSession()
  const isNow = useMoment().rewoundTo === null
  if (!session.can('wall.read') || query === '') return []
  const walls = await rpc.wall.standing.query()
  return walls
    .flatMap((wall): PaletteItem[] => [
      { id: wall.id, kind: 'page', title: `${t('wall.title')} ${wall.name}`, to: { name: 'wall', params: { wall: wall.id } } },
      ...(session.can('wall.switch') && isNow && wall.isHere && wall.shown !== null
        ? [
            {
              id: `back ${wall.id}`,
              kind: 'action' as const,
              title: `${t('wall.rollBack')} ${wall.name}`,
              detail: wall.shown.sceneName,
              run: () => sayIfRefused(async () => saySwitched(await rpc.wall.rollBack.mutate({ wall: wall.id }), walls, t)),
            },
          ]
        : []),
    ])
    .filter(({ title }) => matches(query, title))
    .slice(0, 10)
}
export default search
