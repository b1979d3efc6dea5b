// 待办 as the specs read it: which seven lines are the most urgent depends on the hour, so what a spec looks for is unfolded.
import { expect, type Locator, type Page } from '@playwright/test'

/** A line of 待办 once it is there, the list unfolded where it had to be. */
export async function todoLine(page: Page, words: string | RegExp): Promise<Locator> {
  const todo = page.getByRole('region', { name: '待办' })
  const line = todo.getByRole('listitem').getByText(words, typeof words === 'string' ? { exact: true } : {})
  const all = todo.locator('button[aria-expanded="false"]')
  await expect(async () => {
    if (await all.isVisible()) await all.click()
    await expect(line).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  return line
}
