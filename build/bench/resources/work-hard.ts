// Asks the resource services for everything a busy night asks, says so, and stays until it is ended: its memory is read from outside.
import { NearestInput, resourceKinds, ResourceFilter } from '../../../native/contract/index.ts'
import { openMillion, places } from './million.ts'

const services = await openMillion()
for (const position of await places(services, 1000, 3)) await services.resources.nearest(NearestInput.parse({ position, kinds: [...resourceKinds], k: 50 }))
for (const query of ['救援', '库', 'wbzh', '应急管理局', '77号']) for (let offset = 0; offset < 2000; offset += 200) await services.resources.list({ filter: ResourceFilter.parse({ query }), offset, limit: 200 })
for (let offset = 0; offset < 1_000_000; offset += 50_000) await services.resources.list({ filter: ResourceFilter.parse({}), offset, limit: 200 })
let points = 0
for await (const chunk of services.resources.points(ResourceFilter.parse({}), 100_000)) points += chunk.ids.length
console.log(`worked hard: ${points} points`)
setInterval(() => undefined, 1 << 30)
