// The palette's way to plans by name and to what stands in them.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { plansQuery } from './plans.api.ts'

const search: PaletteSource = async (query) => {
  if (!useSession().can('plans.read')) return []
  const plans = await queryClient.fetchQuery(plansQuery)
  const named = plans
    .filter((plan) => !plan.isRetired && (query === '' || matches(query, plan.title)))
    .slice(0, query === '' ? 3 : 5)
    .map<PaletteItem>((plan) => ({
      id: plan.id,
      kind: 'plan',
      title: plan.title,
      detail: plan.issuer ?? '',
      rank: 1,
      to: { name: 'plan', params: { id: plan.id } },
    }))
  if (query.trim().length === 0) return named
  const { hits } = await rpc.plans.search.query({ query: query.slice(0, 200), plan: null, tier: null, limit: 5 })
  const found = hits.map<PaletteItem>((hit) => ({
    id: hit.paragraph,
    kind: 'plan',
    title: `${hit.number ?? ''} ${hit.body.slice(0, 60)}`.trim(),
    detail: t('plans.palette.in', { title: hit.planTitle }),
    to: { name: 'plan', params: { id: hit.plan }, query: { p: hit.paragraph } },
  }))
  return [...named, ...found].slice(0, 10)
}
export default search
