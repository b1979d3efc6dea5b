// The report being taken in: what the form holds, what is sent, and the draft that is kept at each pause of typing.
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { v7 as newId } from 'uuid'
import { ref, watch } from 'vue'
import {
  type Attachment,
  type Channel,
  type Circumstance,
  type HappenedAt,
  type IntakeInput,
  type LonLat,
  type Metric,
  peopleMetrics,
  type PlacedBy,
  type StatementInput,
} from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import type { SpokenTime } from '../../ui/spoken-time.ts'
import { numberOf, numberSource } from './extract/numbers.ts'

/** One number and nothing else, in digits or in Han. */
const wholeNumber = new RegExp(`^${numberSource}$|^\\d+(?:\\.\\d+)?$`, 'u')

/** A pause of typing, ms: shorter than anybody thinks about the next word. */
const draftPauseMs = 400

export interface IntakeForm {
  channel: Channel
  received: SpokenTime | null
  reporter: string
  reporterUnit: string
  reporterPhone: string
  words: string
  title: string
  typeCode: string | null
  typeName: string
  occurred: SpokenTime | null
  place: string
  position: LonLat | null
  placedBy: PlacedBy | null
  area: string | null
  areaName: string
  /** As typed; directLossYuan in 万元. */
  figures: Partial<Record<Metric, string>>
  figuresSource: string
  circumstances: Circumstance[]
  attachments: Pick<Attachment, 'sha256' | 'name' | 'sizeBytes' | 'mime'>[]
}

export function emptyForm(now: number): IntakeForm {
  return {
    channel: 'telephone',
    received: { at: now, precision: 'exact' },
    reporter: '',
    reporterUnit: '',
    reporterPhone: '',
    words: '',
    title: '',
    typeCode: null,
    typeName: '',
    occurred: null,
    place: '',
    position: null,
    placedBy: null,
    area: null,
    areaName: '',
    figures: {},
    figuresSource: '',
    circumstances: [],
    attachments: [],
  }
}

/** Who said it, as the papers name it; of a call without a name it is whoever called. */
export function sourceOf(form: IntakeForm): string {
  const named = [form.reporterUnit.trim(), form.reporter.trim()].filter((part) => part !== '').join(' ')
  return named === '' && form.channel === 'telephone' ? '来电人' : named
}

/** The title as typed, else made of place and type. */
export function titleOf(form: IntakeForm): string {
  return form.title.trim() || `${form.place.trim()}${form.typeName}`.trim() || form.words.trim().slice(0, 30)
}

/** As typed: 50, ５０, 五十, and 约50, 50多, 五十余, which are no exact number and are said so in the papers. null = not a number of that kind. */
export function figureOf(metric: Metric, typed: string): { value: number; isAbout: boolean } | null {
  const words = typed.normalize('NFKC').replace(/[,，\s]/gu, '')
  const { about, n, more } = /^(?<about>大?约|近|将近)?(?<n>.+?)(?<more>多|余|左右)?(?:人|个|名)?$/u.exec(words)?.groups ?? {}
  if (n === undefined || !wholeNumber.test(n)) return null
  const number = numberOf(n)
  if (number === null) return null
  const value = metric === 'directLossYuan' ? Math.round(number * 10_000) : number
  return peopleMetrics.includes(metric) && !Number.isInteger(value) ? null : { value, isAbout: about !== undefined || more !== undefined }
}

const approximateMark = '（约数）'

/** The source of a number that was not said exactly. */
export function approximately(source: string): string {
  return source.endsWith(approximateMark) ? source : `${source}${approximateMark}`
}

export function figureValue(metric: Metric, typed: string): number | null {
  return figureOf(metric, typed)?.value ?? null
}

export type IntakeFault = 'title' | 'received' | 'figures' | 'figuresSource'

export function faultsOf(form: IntakeForm): IntakeFault[] {
  const typed = Object.entries(form.figures).filter(([, words]) => words.trim() !== '') as [Metric, string][]
  return [
    ...(titleOf(form) === '' ? ['title' as const] : []),
    ...(form.received === null ? ['received' as const] : []),
    ...(typed.some(([metric, words]) => figureValue(metric, words) === null) ? ['figures' as const] : []),
    ...(typed.length > 0 && form.figuresSource.trim() === '' && sourceOf(form) === '' ? ['figuresSource' as const] : []),
  ]
}

export function statementsOf(form: IntakeForm, now: number): StatementInput[] {
  const source = form.figuresSource.trim() || sourceOf(form)
  const asOf: HappenedAt = { ...(form.received ?? { at: now, precision: 'exact' }), source }
  return (Object.entries(form.figures) as [Metric, string][]).flatMap(([metric, words]) => {
    const figure = words.trim() === '' ? null : figureOf(metric, words)
    if (figure === null) return []
    return [{ metric, value: figure.value, source: figure.isAbout ? approximately(source) : source, asOf, state: 'unverified' as const }]
  })
}

export function intakeOf(id: string, form: IntakeForm, now: number): IntakeInput {
  const source = sourceOf(form)
  return {
    id,
    title: titleOf(form),
    description: form.words,
    typeCode: form.typeCode,
    place: form.place.trim(),
    position: form.position,
    placedBy: form.placedBy,
    area: form.area,
    occurred: form.occurred === null ? null : { ...form.occurred, source },
    circumstances: form.circumstances,
    report: {
      words: form.words,
      reporter: form.reporter.trim(),
      reporterUnit: form.reporterUnit.trim(),
      reporterPhone: form.reporterPhone.trim(),
      channel: form.channel,
      received: { ...(form.received ?? { at: now, precision: 'exact' }), source },
    },
    statements: statementsOf(form, now),
    attachments: form.attachments,
  }
}

/** The intake that is open on this console; it outlives the form's being shut. */
export const useIntake = defineStore('intake', () => {
  const id = ref<string>(newId())
  const form = ref<IntakeForm>(emptyForm(Date.now()))
  /** When the station kept what now stands in the form; null = something was typed since. */
  const savedAt = ref<number | null>(null)
  const error = ref<unknown>(null)
  let isSettled = true

  async function save(): Promise<void> {
    if (isSettled) return
    isSettled = true
    try {
      await rpc.incidents.saveDraft.mutate({ id: id.value, body: form.value as never })
      if (isSettled) savedAt.value = Date.now()
      error.value = null
    } catch (refusal) {
      isSettled = false
      error.value = refusal
    }
  }
  const saveAtPause = useDebounceFn(save, draftPauseMs)
  watch(
    form,
    () => {
      isSettled = false
      savedAt.value = null
      void saveAtPause()
    },
    { deep: true },
  )

  function begin(): void {
    open(newId(), emptyForm(Date.now()))
  }
  function open(draft: string, body: IntakeForm): void {
    id.value = draft
    form.value = body
    savedAt.value = null
    error.value = null
    // The watcher of this replacement runs before the next tick's work; nothing has been typed yet.
    void Promise.resolve().then(() => (isSettled = true))
  }
  /** Taken in or thrown away: the draft goes, the form is empty for the next. */
  async function end(): Promise<void> {
    isSettled = true
    const done = id.value
    begin()
    await rpc.incidents.removeDraft.mutate({ id: done })
  }
  return { id, form, savedAt, error, begin, open, save, end }
})
