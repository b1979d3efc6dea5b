// Gathers what the checks need to know of the centre, as plain data for the worker.
import type { CheckInput } from '../../contract/index.ts'
import type { AreasService } from '../areas/areas.service.ts'
import type { CheckContext } from './targets/target.ts'

export async function checkContext(options: {
  input: CheckInput
  areas: AreasService
  stores: CheckContext['resources']
  units: CheckContext['units']
  isSample: boolean
}): Promise<CheckContext> {
  const { input, areas } = options
  const { all } = await areas.index()
  const area = input.area === null ? null : await areas.byCode(input.area)
  const outline = area === null ? undefined : (await areas.boundaries([area.kind], area.code)).find((one) => one.area.code === area.code)
  return {
    source: input.source,
    datum: input.datum,
    kind: input.kind,
    now: Date.now(),
    area: area?.code ?? null,
    outline: outline?.geometry ?? null,
    accepted: input.accepted,
    areas: all.map(({ code, name, parent, position, former }) => ({
      code,
      name,
      parent,
      lon: position?.[0] ?? null,
      lat: position?.[1] ?? null,
      former,
    })),
    fixed: { isSample: options.isSample },
    resources: options.stores,
    units: options.units,
    gathered: [],
  }
}
