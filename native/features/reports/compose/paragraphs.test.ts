// How the opening sentence names what happened.
import { expect, test } from 'vitest'
import { happenedWords } from './paragraphs.ts'

test.each([
  ['富平县庄里镇样例食品厂', '富平县庄里镇样例食品厂氨气泄漏', '富平县庄里镇样例食品厂发生氨气泄漏'],
  ['临渭区样例化工厂', '样例化工厂氯气泄漏', '临渭区发生样例化工厂氯气泄漏'],
  ['', '氯气泄漏', '发生氯气泄漏'],
  ['富平县样例街', '富平县样例街', '发生富平县样例街'],
  ['富平县', '华山景区滑坡', '富平县发生华山景区滑坡'],
])('%s + %s', (place, title, words) => {
  expect(happenedWords(place, title)).toBe(words)
})
