// Watches a screen's page from within: two scenes seen at once, even between two frames, are counted.
import type { Page } from '@playwright/test'

export async function watchMixing(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = window as unknown as { mixed: number; swaps: number }
    watched.mixed = 0
    watched.swaps = 0
    let before = ''
    // Runs after each change of the page and before it is painted.
    new MutationObserver(() => {
      const seen = [...document.querySelectorAll<HTMLElement>('.layer:not(.unseen)')].map(({ dataset }) => dataset.switch ?? '')
      if (seen.length > 1) watched.mixed += 1
      if (seen.length === 1 && seen[0] !== before) watched.swaps += 1
      before = seen[0] ?? before
    }).observe(document.querySelector('.stage')!, { subtree: true, childList: true, attributeFilter: ['class', 'data-switch'] })
  })
}

/** @returns `swaps` says that there was something to see */
export function mixingOf(page: Page): Promise<{ mixed: number; swaps: number }> {
  return page.evaluate(() => {
    const { mixed, swaps } = window as unknown as { mixed: number; swaps: number }
    return { mixed, swaps }
  })
}
