// One import as the page follows it: sent, parsed, stored, in force; or why not.
import { ref } from 'vue'
import { v7 as newId } from 'uuid'
import { type ErrorCode, type PlanImportState, WanglouError } from '../../../native/contract/index.ts'
import { queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'
import { upload } from '../../app/upload.ts'

const askEveryMs = 250

export function usePlanImport() {
  const state = ref<PlanImportState | null>(null)
  const stage = ref<'idle' | 'sending' | PlanImportState['stage']>('idle')
  const share = ref(0)
  const startedAt = ref(0)
  const error = ref<unknown>(null)
  let control = new AbortController()

  /** @returns the plan it became, or null when it was refused */
  async function run(file: File, plan: string | null): Promise<string | null> {
    error.value = null
    state.value = null
    startedAt.value = Date.now()
    try {
      stage.value = 'sending'
      control = new AbortController()
      const { sha256 } = await upload(file, { onShare: (sent) => (share.value = sent * 0.1), signal: control.signal })
      const job = newId()
      state.value = await rpc.plans.import.mutate({ job, blob: sha256, fileName: file.name, plan, area: null, isSample: false })
      for (;;) {
        stage.value = state.value.stage
        share.value = Math.max(share.value, 0.1 + state.value.share * 0.9)
        if (state.value.stage === 'done' || state.value.stage === 'failed') break
        await new Promise((resolve) => setTimeout(resolve, askEveryMs))
        state.value = await rpc.plans.importState.query({ job })
      }
      if (state.value.error !== null) throw new WanglouError(state.value.error.code as ErrorCode, { file: file.name, ...state.value.error.params })
      await queryClient.invalidateQueries({ queryKey: ['plans'] })
      return state.value.plan
    } catch (refusal) {
      stage.value = 'failed'
      error.value = refusal
      return null
    }
  }
  async function cancel(): Promise<void> {
    control.abort()
    if (state.value !== null) await rpc.plans.cancelImport.mutate({ job: state.value.job })
  }
  return { state, stage, share, startedAt, error, run, cancel }
}
