// The page under the door's real Content-Security-Policy: nothing inline, no code from words, no other host.
import { expect, test } from './fixtures.ts'

test('the real header is strict and the whole page keeps to it', async ({ openAs, station, watch }) => {
  const page = await openAs('officer')
  const answer = await page.request.get(station.origin)
  const policy = answer.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/'unsafe-(inline|eval)'/)
  for (const link of await page.getByRole('navigation').getByRole('link').all()) {
    await link.click()
    await page.waitForTimeout(400)
  }
  await page.keyboard.press('Control+k')
  await page.waitForTimeout(400)
  expect(watch.violations).toEqual([])
})

test('eval, inline scripts and other hosts are refused', async ({ openAs, watch }) => {
  const page = await openAs('officer')
  // In a later turn: what the debugger evaluates at once is exempt from the policy.
  const evaluated = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.__inline = true'
    document.head.append(script)
    await new Promise((resolve) => setTimeout(resolve))
    try {
      return [new Function('return 2')() as number, '__inline' in window]
    } catch (error) {
      return [(error as Error).name, '__inline' in window]
    }
  })
  expect(evaluated).toEqual(['EvalError', false])
  expect(
    await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'reached',
        () => 'refused',
      ),
    ),
  ).toBe('refused')
  await expect.poll(() => watch.violations.map((violation) => violation.directive).sort()).toEqual(['connect-src', 'script-src', 'script-src-elem'])
  // These were provoked; the watch is for those that were not.
  watch.violations.length = 0
  watch.outside.length = 0
})
