// Calls between the first digit and their outcome: asked at once, kept until told, there again after the page was killed.
import { useStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { v7 as newId } from 'uuid'
import { computed, ref } from 'vue'
import type { CallOutcome, CallPurpose, EpochMs, Id, JsonValue, RecordCallInput, Subject } from '../../../native/contract/index.ts'
import { pageError } from '../errors.ts'
import { queryClient } from '../queries.ts'
import { rpc } from '../rpc.ts'
import { telUri } from './telephone.ts'

/** Whom a call is to, and why. */
export interface CallTarget {
  number: string
  /** Unit and post, or a name, as shown. */
  party: string
  unit: Id | null
  contact: Id | null
  incident: Id | null
  purpose: CallPurpose
  /** An order or a report that it is about beside the incident. */
  about: Subject | null
  redialOf: Id | null
  /** 样例: it is not dialled, its outcome may be typed for training. */
  isSample: boolean
}

/** A call that was begun and whose outcome is not yet recorded. */
export interface PendingCall extends CallTarget {
  id: Id
  begunAt: EpochMs
  outcome: CallOutcome | null
  who: string
  words: string
}

const form = 'dial.pending'
const pauseMs = 300

export const useDial = defineStore('dial', () => {
  const pending = ref<PendingCall[]>([])
  const openId = ref<Id | null>(null)
  /** This machine has a telephone program: the number is handed to it at once. */
  const hasProgram = useStorage('wanglou.dial.program', false)
  const open = computed(() => pending.value.find((call) => call.id === openId.value) ?? null)
  const listeners = new Map<Id, (call: RecordCallInput) => void>()
  let keeping: ReturnType<typeof setTimeout> | null = null

  /** The words as they stand, at the next pause. */
  function keep(): void {
    if (keeping !== null) clearTimeout(keeping)
    keeping = setTimeout(() => void keepNow(), pauseMs)
  }
  async function keepNow(): Promise<void> {
    if (keeping !== null) clearTimeout(keeping)
    keeping = null
    const body = JSON.parse(JSON.stringify(pending.value)) as JsonValue
    const kept = pending.value.length === 0 ? rpc.drafts.remove.mutate({ form }) : rpc.drafts.save.mutate({ form, body })
    // The page still has them; the next pause tries again.
    await kept.catch((error: unknown) => console.warn('calls whose outcome is not told were not kept', error))
  }

  /** What the station kept of this person's calls. */
  async function restore(): Promise<void> {
    const kept = (await rpc.drafts.read.query({ form })) as PendingCall[] | null
    const known = new Set(pending.value.map((call) => call.id))
    pending.value.push(...(kept ?? []).filter((call) => !known.has(call.id)))
  }

  function clear(): void {
    pending.value = []
    openId.value = null
    listeners.clear()
  }

  /** Dials where the machine can and may, and asks for the outcome. @param recorded called when it was told */
  function begin(target: CallTarget, recorded: ((call: RecordCallInput) => void) | null): void {
    const call: PendingCall = { ...target, id: newId(), begunAt: Date.now(), outcome: null, who: '', words: '' }
    pending.value.push(call)
    openId.value = call.id
    if (recorded !== null) listeners.set(call.id, recorded)
    void keepNow()
    if (hasProgram.value && !target.isSample) window.location.assign(telUri(target.number))
  }

  /** Not dialled after all, or not worth a word. */
  function drop(id: Id): void {
    pending.value = pending.value.filter((call) => call.id !== id)
    if (openId.value === id) openId.value = null
    listeners.delete(id)
    void keepNow()
  }

  /** @throws what the station refused it for; the words stay */
  async function record(call: PendingCall): Promise<void> {
    if (call.outcome === null) return
    const { begunAt, outcome, ...told } = call
    const input: RecordCallInput = { ...told, outcome, happenedAt: { at: begunAt, precision: 'exact', source: '' } }
    try {
      await rpc.contacts.recordCall.mutate(input)
    } catch (error) {
      // The first try had arrived, only its answer was lost.
      if (pageError(error).code !== 'DUPLICATE') throw error
    }
    const recorded = listeners.get(call.id)
    drop(call.id)
    await queryClient.invalidateQueries({ queryKey: ['calls'] })
    recorded?.(input)
  }

  return { pending, open, openId, hasProgram, begin, drop, record, keep, restore, clear }
})
