// The palette's way to places and to the tools of the globe.
import type { PaletteItem, PaletteSource } from '../../app/feature.ts'
import { t } from '../../app/i18n.ts'
import { matches } from '../../app/palette.ts'
import { useGlobe } from '../../globe/useGlobe.ts'
import { findPlaces } from './go-to.ts'
import { runTool, type ToolName, toolNames } from './tool-runner.ts'

const search: PaletteSource = async (query) => {
  const globe = useGlobe().value
  const tools = toolNames.filter((name) => query === '' || matches(query, t(`layers.tool.${name}`))).map((name) => toolItem(name))
  if (query === '') return tools.slice(0, 2)
  const found = await findPlaces(query, { coordinate: t('layers.goTo.coordinate'), swapped: t('layers.goTo.swapped') })
  if ('fault' in found)
    return [{ id: 'fault', kind: 'place', title: t(`layers.goTo.fault.${found.fault}`), detail: query, run: () => undefined }, ...tools]
  const places = found.places.map<PaletteItem>((place, index) => ({
    id: `place-${index}`,
    kind: 'place',
    title: place.title,
    detail: place.detail,
    run: () => globe?.flyTo(place.target),
  }))
  return [...places, ...tools].slice(0, 10)
}
export default search

function toolItem(name: ToolName): PaletteItem {
  return { id: name, kind: 'action', title: t(`layers.tool.${name}`), run: () => runTool(name) }
}
