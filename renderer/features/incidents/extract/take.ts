// Puts one finding into the form, by a person's key: never on its own, and never over what she typed herself without her seeing it.
import type { IntakeForm } from '../intake.ts'
import type { Proposal } from './proposal.ts'

export function take(form: IntakeForm, one: Proposal): void {
  switch (one.field) {
    case 'occurred':
      form.occurred = one.value
      return
    case 'place':
      place(form, one.value)
      return
    case 'unit':
      if (!form.place.includes(one.value)) place(form, `${form.place}${one.value}`)
      return
    case 'telephone':
      form.reporterPhone = one.value
      return
    case 'substance':
      if (!form.title.includes(one.value)) form.title = `${form.title.trim() || form.place.trim()}${deedOf(form.words, one.value)}`
      return
    case 'figure':
      form.figures[one.metric] = figureWords(one)
      return
    default:
      return one satisfies never
  }
}

/** Whether the form says so already. */
export function isTaken(form: IntakeForm, one: Proposal): boolean {
  switch (one.field) {
    case 'occurred':
      return form.occurred?.at === one.value.at
    case 'place':
    case 'unit':
      return form.place.includes(one.value)
    case 'telephone':
      return form.reporterPhone === one.value
    case 'substance':
      return form.title.includes(one.value)
    case 'figure':
      return form.figures[one.metric] === figureWords(one)
    default:
      return one satisfies never
  }
}

/** As she would type it: what the words give as about, more than, perhaps, is 约50 and no other figure. */
function figureWords({ value, isUnsure }: Extract<Proposal, { field: 'figure' }>): string {
  return isUnsure ? `约${value}` : String(value)
}

/** 氨气泄漏 where the caller said so, else the substance alone: a title says what happened in her own words. */
function deedOf(words: string, substance: string): string {
  const at = words.indexOf(substance)
  const rest = at < 0 ? '' : words.slice(at + substance.length)
  // 氨气漏出来了 is 氨气泄漏 in a title.
  if (/^(?:就|在|都|又|一直|开始|正)*(?:往外)?(?:漏|跑|冒)(?:出|了|得|着)/u.test(rest)) return `${substance}泄漏`
  return `${substance}${/^(?:大量|少量|发生)?(泄漏|泄露|外泄|爆炸|爆燃|起火|着火|燃烧)/u.exec(rest)?.[1] ?? ''}`
}

/** A place by new words is not yet on the map: what was chosen for the old ones goes. */
function place(form: IntakeForm, words: string): void {
  Object.assign(form, { place: words, position: null, placedBy: null, area: null, areaName: '' })
}
