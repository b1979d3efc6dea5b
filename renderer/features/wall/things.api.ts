// Cameras, incidents, plans, resources and conferences by name, for the desk of the wall.
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { ResourceFilter } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import type { WallThing } from '../../app/wall-thing.ts'

const most = 60
const everything = { query: '', informationState: null, grade: null, area: null, isOpen: true, limit: 200 }

export function useThings(kind: MaybeRefOrGetter<WallThing['kind']>, query: MaybeRefOrGetter<string> = '') {
  return useQuery({
    queryKey: computed(() => ['wall', 'things', toValue(kind), toValue(query)]),
    queryFn: () => thingsOf(toValue(kind), toValue(query).trim()),
    placeholderData: (before: WallThing[] | undefined) => before,
  })
}

async function thingsOf(kind: WallThing['kind'], query: string): Promise<WallThing[]> {
  const named = (title: string) => title.includes(query)
  switch (kind) {
    case 'camera':
      return (await rpc.cameras.list.query({ query })).slice(0, most).map(({ id, name, position }) => ({ kind, id, title: name, position }))
    case 'incident':
      return (await rpc.incidents.list.query({ ...everything, query }))
        .slice(0, most)
        .map(({ id, title, position }) => ({ kind, id, title, position }))
    case 'plan':
      return (await rpc.plans.list.query())
        .filter(({ title, isRetired }) => named(title) && !isRetired)
        .slice(0, most)
        .map(({ id, title }) => ({ kind, id, title, position: null }))
    case 'resource': {
      const { rows } = await rpc.resources.list.query({ filter: ResourceFilter.parse({ query }), offset: 0, limit: most })
      return rows.map(({ id, name, position }) => ({ kind, id, title: name, position }))
    }
    case 'conference':
      return (await rpc.conference.list.query({ incident: null })).rooms
        .filter(({ title, closedAt }) => closedAt === null && named(title))
        .slice(0, most)
        .map(({ id, title }) => ({ kind, id, title, position: null }))
  }
}
