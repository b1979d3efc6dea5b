// What is still missing, where the officer sees it: the caret goes to the first field that is wrong.
import { nextTick } from 'vue'
import type { IntakeFault } from './intake.ts'

/** @param root the form; the parts of it carry `data-fault` */
export async function goToFault(root: HTMLElement | null, faults: readonly IntakeFault[]): Promise<void> {
  await nextTick()
  const [first] = faults
  const part = first === undefined ? null : root?.querySelector(`[data-fault="${first}"]`)
  const field =
    part?.querySelector<HTMLElement>('[aria-invalid="true"] input, input[aria-invalid="true"]') ?? part?.querySelector<HTMLElement>('input')
  field?.focus()
}
