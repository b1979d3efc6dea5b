// The centre's settings: what is left out stays, and two consoles that change them at once lose nothing of each other.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../testing/app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

it('setting one leaves the others as they are', async () => {
  const { rpc } = await app.as('system-admin')
  await rpc.station.setSettings.mutate({ centreName: '样例市应急指挥中心', sceneWeatherMinutes: 20 })
  await rpc.station.setSettings.mutate({ contactStaleDays: 60 })
  expect(await rpc.station.settings.query()).toMatchObject({ centreName: '样例市应急指挥中心', contactStaleDays: 60, sceneWeatherMinutes: 20 })
})

it('a field that another changed since the form showed it is refused; one left as it was shown is nobody’s act', async () => {
  const [mine, theirs] = [await app.as('system-admin'), await app.as('system-admin')]
  const seen = await mine.rpc.station.settings.query()
  await theirs.rpc.station.setSettings.mutate({ centreName: '另一席的名称', contactStaleDays: 45 })
  await mine.rpc.station.setSettings.mutate({ ...seen, sceneWeatherMinutes: 30, seen })
  expect(await mine.rpc.station.settings.query()).toMatchObject({ centreName: '另一席的名称', contactStaleDays: 45, sceneWeatherMinutes: 30 })
  const insist = { ...seen, centreName: '我的名称' }
  await expect(mine.rpc.station.setSettings.mutate({ ...insist, seen })).rejects.toMatchObject({
    data: { code: 'CONFLICT', params: { field: 'centreName' } },
  })
  await mine.rpc.station.setSettings.mutate({ ...insist, seen: { ...seen, centreName: '另一席的名称' } })
  expect(await mine.rpc.station.settings.query()).toMatchObject({ centreName: '我的名称', contactStaleDays: 45 })
})
