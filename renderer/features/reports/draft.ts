// A draft on the page: what is typed beside what the station holds; another console's words are taken in or shown beside ours, nothing is lost.
import { useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { fieldsOf, type ReportDetail, type ReportField, type ReportFields } from '../../../native/contract/index.ts'
import { pageError } from '../../app/errors.ts'
import { queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

/** Long enough not to write at each letter, short enough that a power cut takes no sentence. */
const pauseMs = 400

type Value = string | string[]

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a ?? '') === JSON.stringify(b ?? '')
}

export function useDraft(report: () => ReportDetail) {
  const form = ref<ReportFields>(copyOf(report().fields))
  /** What the station held when each field was shown: what it compares with. */
  const seen = ref<ReportFields>(copyOf(report().fields))
  /** What another console wrote into a field that was also written here. */
  const theirs = shallowRef<Partial<Record<ReportField, Value>>>({})
  const keptAt = ref<number | null>(null)
  const error = shallowRef<unknown>(null)
  const names = computed(() => fieldsOf(report().kind))
  const changed = computed(() => names.value.filter((name) => !sameValue(form.value[name], seen.value[name])))
  const isBusy = ref(false)

  // Another console, or our own save: untouched fields follow, touched ones stand beside what came.
  watch(
    () => report().fields,
    (now) => {
      const met: Partial<Record<ReportField, Value>> = {}
      for (const name of names.value) {
        if (sameValue(now[name], seen.value[name])) continue
        if (sameValue(form.value[name], seen.value[name]) || sameValue(form.value[name], now[name])) put(name, now[name])
        else met[name] = now[name]
      }
      theirs.value = { ...keep(theirs.value, now), ...met }
    },
  )
  function keep(known: Partial<Record<ReportField, Value>>, now: ReportFields): Partial<Record<ReportField, Value>> {
    return Object.fromEntries(Object.entries(known).filter(([name]) => !sameValue(now[name as ReportField], seen.value[name as ReportField])))
  }
  function put(name: ReportField, value: Value): void {
    form.value = { ...form.value, [name]: value }
    seen.value = { ...seen.value, [name]: value }
  }

  /** Typed before and not kept as an act: after a reload, a power cut, a colleague's turn at the desk. */
  async function restore(): Promise<void> {
    const typed = await rpc.reports.typed.query({ report: report().id })
    for (const [name, one] of Object.entries(typed?.body ?? {}) as [ReportField, { value: Value; seen: Value }][]) {
      if (!names.value.includes(name) || sameValue(one.value, form.value[name])) continue
      form.value = { ...form.value, [name]: one.value }
      if (sameValue(one.seen, seen.value[name])) continue
      theirs.value = { ...theirs.value, [name]: seen.value[name] }
      seen.value = { ...seen.value, [name]: one.seen }
    }
  }

  async function keepTyped(): Promise<void> {
    const body = Object.fromEntries(changed.value.map((name) => [name, { value: form.value[name], seen: seen.value[name] }]))
    try {
      await rpc.reports.saveTyped.mutate({ report: report().id, body })
      keptAt.value = Date.now()
      error.value = null
    } catch (refusal) {
      error.value = refusal
    }
  }
  const keepAtPause = useDebounceFn(keepTyped, pauseMs)
  watch(
    form,
    () => {
      keptAt.value = null
      void keepAtPause()
    },
    { deep: true },
  )
  onScopeDispose(() => {
    if (changed.value.length > 0 && keptAt.value === null) void keepTyped()
  })

  let saving: Promise<boolean> | null = null
  /**
   * One at a time: who signs right after Ctrl+S signs what that wrote.
   * @returns whether everything typed is now in the draft; false = another console wrote one of the fields, both stand for a person to choose
   */
  async function save(): Promise<boolean> {
    while (saving !== null) if (!(await saving)) return false
    if (changed.value.length === 0) return true
    saving = write().finally(() => (saving = null))
    return saving
  }
  async function write(): Promise<boolean> {
    isBusy.value = true
    error.value = null
    const changes = changed.value.map((field) => ({ field, value: form.value[field], seen: seen.value[field] }))
    try {
      await rpc.reports.edit.mutate({ report: report().id, changes })
      for (const { field, value } of changes) seen.value = { ...seen.value, [field]: value }
      theirs.value = {}
      await keepTyped()
      return true
    } catch (refusal) {
      const { code, params } = pageError(refusal)
      if (code === 'CONFLICT' && typeof params['fields'] === 'string')
        theirs.value = JSON.parse(params['fields']) as Partial<Record<ReportField, Value>>
      else error.value = refusal
      return false
    } finally {
      isBusy.value = false
      await queryClient.invalidateQueries({ queryKey: ['reports', 'get', report().id] })
    }
  }
  /** Ours is right: it is written over theirs, which stays in the journal. */
  async function insist(name: ReportField): Promise<void> {
    const value = theirs.value[name]
    if (value === undefined) return
    seen.value = { ...seen.value, [name]: value }
    theirs.value = without(theirs.value, name)
    await save()
  }
  function yieldTo(name: ReportField): void {
    const value = theirs.value[name]
    if (value === undefined) return
    theirs.value = without(theirs.value, name)
    put(name, value)
  }

  return { form, theirs, keptAt, error, isBusy, changed, restore, save, insist, yieldTo }
}

function copyOf(fields: ReportFields): ReportFields {
  return JSON.parse(JSON.stringify(fields)) as ReportFields
}

function without<T extends object>(from: T, name: keyof T): T {
  const rest = { ...from }
  delete rest[name]
  return rest
}
