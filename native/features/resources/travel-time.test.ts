import { expect, test } from 'vitest'
import { roadClassOf, travelEstimate } from './travel-time.ts'

test('the harder end counts, the range grows with it, and it is always called an estimate', () => {
  const plain = travelEstimate(20_000, ['plain', 'plain'])
  const mountain = travelEstimate(20_000, ['plain', 'mountain'])
  expect(plain).toMatchObject({ roadClass: 'plain', isEstimate: true })
  expect(mountain.roadClass).toBe('mountain')
  expect(mountain.minutesLow).toBeGreaterThan(plain.minutesLow)
  expect(mountain.minutesHigh).toBeGreaterThan(plain.minutesHigh)
})

test('a range is never empty, not even next door', () => {
  expect(travelEstimate(0, ['urban'])).toMatchObject({ minutesLow: 1, minutesHigh: 2 })
})

test('the class of an area: as said, else a district is urban, else unknown', () => {
  expect(roadClassOf({ terrain: 'hill', name: '甲区', kind: 'county' })).toBe('hill')
  expect(roadClassOf({ terrain: null, name: '甲区', kind: 'county' })).toBe('urban')
  expect(roadClassOf({ terrain: null, name: '甲县', kind: 'county' })).toBe('unknown')
  expect(roadClassOf(null)).toBe('unknown')
})
