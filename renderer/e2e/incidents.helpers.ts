// What the specs of incidents share: a report set as a scene through the door, and typing one from the keyboard alone.
import { expect, type Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import type { IntakeInput } from '../../native/contract/index.ts'
import type { Client } from './station.ts'

/** An earlier report, so many minutes ago. @returns its id */
export async function reportedBefore(client: Client, minutesAgo: number, over: Partial<IntakeInput> = {}): Promise<string> {
  const at = Date.now() - minutesAgo * 60_000
  const id = newId()
  const received = { at, precision: 'exact' as const, source: '119' }
  await client.incidents.report.mutate({
    id,
    title: '秦东样例化工厂氯气泄漏',
    description: '119 指挥中心通报：秦东样例化工厂氯气泄漏，有刺鼻气味',
    typeCode: '12D02',
    place: '渭南市临渭区秦东样例化工厂',
    position: [109.51, 34.51],
    placedBy: 'coordinates',
    area: '610502',
    occurred: { at: at - 10 * 60_000, precision: 'about', source: '119' },
    circumstances: [],
    report: {
      words: '119 指挥中心通报：秦东样例化工厂氯气泄漏，有刺鼻气味',
      reporter: '样例接警员',
      reporterUnit: '119',
      reporterPhone: '0913-0100119',
      channel: 'telephone',
      received,
    },
    statements: [{ metric: 'hospitalised', value: 1, source: '119', asOf: received, state: 'unverified' }],
    attachments: [],
    ...over,
  })
  return id
}

/** Types into whatever has the focus, as a person does: nothing is clicked. */
export async function type(page: Page, words: string): Promise<void> {
  await page.keyboard.type(words, { delay: 5 })
}

/** Tab to the field whose accessible name is this, once it is there; fails after a round of the page. */
export async function tabTo(page: Page, name: string | RegExp, most = 60): Promise<void> {
  await page.getByLabel(name).or(page.getByText(name)).first().waitFor({ state: 'attached' })
  for (let count = 0; count < most; count += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement)) return ''
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement
          ? [...(element.labels ?? [])].map((label) => label.innerText)
          : []
      return [
        element.getAttribute('aria-label'),
        ...labels,
        element instanceof HTMLButtonElement || element instanceof HTMLAnchorElement ? element.innerText : '',
      ]
        .filter(Boolean)
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim()
    })
    if (typeof name === 'string' ? focused === name || focused.startsWith(`${name} `) || focused === `${name}*` : name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${String(name)}`)
}

/** Types into a field that offers what it knows, and takes the first of it: nothing is clicked. */
export async function pick(page: Page, field: string, words: string, option: RegExp): Promise<void> {
  await tabTo(page, field)
  await type(page, words)
  await expect(page.getByRole('option', { name: option })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** 签收 by telephone of what was just sent. */
export async function recordReceipt(page: Page): Promise<void> {
  await page.getByRole('button', { name: '记回执' }).click()
  const receipt = page.getByTestId('receipt-form')
  await receipt.getByLabel('谁', { exact: true }).fill('样例接收员')
  await receipt.getByLabel('号码（电话签收必填）').fill('029-0100000')
  await receipt.getByRole('button', { name: '记下' }).click()
  await expect(page.getByTestId('report-open')).toHaveAttribute('data-state', 'receipted')
}
