// Draws every resource the filter lets through as a dot, up to 100 000; a click opens its card.
import { watch } from 'vue'
import type { ResourceFilter } from '../../../native/contract/index.ts'
import { onChange } from '../../app/queries.ts'
import type { GlobeFeature, Marker } from '../../globe/types.ts'
import { readPoints } from './points-stream.ts'
import { useResourceFilter } from './resource-filter.ts'

/** While an import runs every change would ask for everything again. */
const quietMs = 1500

const feature: GlobeFeature = {
  id: 'resources',
  permission: 'resources.read',
  start(globe, { router }) {
    const store = useResourceFilter()
    const layer = globe.points('resources')
    let control = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async (filter: ResourceFilter) => {
      control.abort()
      control = new AbortController()
      const { signal } = control
      const markers: Marker[] = []
      for await (const chunk of readPoints(filter, signal)) markers.push(...chunk)
      if (!signal.aborted) layer.set(markers)
    }
    const begin = (waitMs: number) => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        load(store.filter).catch((error: unknown) => {
          if (!(error instanceof DOMException && error.name === 'AbortError')) console.warn('resources are not drawn', error)
        })
      }, waitMs)
    }
    begin(0)
    const ends = [
      watch(() => store.filter, () => begin(200)),
      onChange((change) => (change.dataset === 'resources' || change.dataset === '*') && begin(quietMs)),
      globe.onPick((picked) => {
        if (picked?.layer === 'resources' || picked?.layer === 'nearest') void router.push({ name: 'resource', params: { id: picked.id } })
      }),
    ]
    return () => {
      clearTimeout(timer)
      control.abort()
      for (const end of ends) end()
      layer.dispose()
    }
  },
}
export default feature
