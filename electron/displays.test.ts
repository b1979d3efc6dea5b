// Choosing displays by number from left to right.
import { expect, test } from 'vitest'
import { chooseDisplays } from './displays.ts'
import { display } from './testing/fake-electron.ts'

const right = display(7, 1920)
const left = display(9, -1920)
const middle = display(8, 0)
const desk = [right, left, middle]

test('numbers count from the left, whatever order the system gives', () => {
  expect(chooseDisplays(desk, middle, [1, 3])).toEqual([left, right])
})
test('all of them, in desk order', () => {
  expect(chooseDisplays(desk, middle, 'all')).toEqual([left, middle, right])
})
test('the primary one', () => {
  expect(chooseDisplays(desk, middle, 'primary')).toEqual([middle])
})
test('there is a window even when none of the chosen is connected', () => {
  expect(chooseDisplays(desk, middle, [4, 5])).toEqual([middle])
})
