// The import as a flow: file → how it is read → check → report → in. Everything that can be changed before the check lives here.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, inject, type InjectionKey, onScopeDispose, provide, reactive, ref } from 'vue'
import type { CheckInput, Datum, Encoding, FileProposal, ImportTargetId, ProblemCode } from '../../../native/contract/index.ts'
import { queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'
import { upload as sendFile } from '../../app/upload.ts'

export type Acceptable = CheckInput['accepted'][number]
const pollMs = 400

function useImportFlow() {
  const settings = reactive({
    target: 'resources' as ImportTargetId, source: '', kind: null as string | null, area: null as string | null, datum: 'wgs84' as Datum, accepted: [] as Acceptable[],
    sheet: null as string | null, encoding: null as Encoding | null, headerRows: null as number | null,
  })
  const file = ref<{ blob: string; fileName: string } | null>(null)
  const sent = ref<number | null>(null)
  const proposal = ref<FileProposal | null>(null)
  const mapping = ref<(string | null)[]>([])
  const jobId = ref<string | null>(null)
  let control = new AbortController()
  onScopeDispose(() => control.abort())

  const upload = useMutation({
    async mutationFn(chosen: File) {
      control = new AbortController()
      sent.value = 0
      try {
        const { sha256: blob } = await sendFile(chosen, { onShare: (share) => (sent.value = share), signal: control.signal })
        file.value = { blob, fileName: chosen.name }
        if (settings.source.trim() === '') settings.source = chosen.name.replace(/\.[^.]*$/, '').replace(/-待更正$/, '')
        await inspect.mutateAsync()
      } finally {
        sent.value = null
      }
    },
  })

  const inspect = useMutation({
    async mutationFn() {
      if (file.value === null) return
      const { sheet, encoding, headerRows, target, source } = settings
      const found = await rpc.imports.inspect.mutate({ ...file.value, target, source: source.trim(), sheet, encoding, headerRows })
      proposal.value = found
      mapping.value = [...found.mapping]
      Object.assign(settings, { sheet: found.sheet, encoding: found.encoding, headerRows: found.headerRows, datum: found.datum })
    },
  })

  const check = useMutation({
    async mutationFn() {
      if (file.value === null || proposal.value === null) return
      const { target, kind, area, datum, accepted, sheet, encoding, headerRows } = settings
      const isSheet = proposal.value.kind === 'xlsx'
      const job = await rpc.imports.check.mutate({ ...file.value, target, source: settings.source.trim(), kind, area, datum, accepted: [...accepted], sheet: isSheet ? sheet : null, encoding, headerRows: headerRows ?? 1, mapping: mapping.value })
      jobId.value = job.id
    },
  })

  const job = useQuery({
    queryKey: computed(() => ['imports', 'job', jobId.value]),
    queryFn: () => rpc.imports.job.query({ job: jobId.value ?? '' }),
    enabled: computed(() => jobId.value !== null),
    refetchInterval: ({ state }) => (state.data?.state === 'checking' || state.data?.state === 'importing' ? pollMs : false),
  })
  const again = () => queryClient.invalidateQueries({ queryKey: ['imports'] })
  const commit = useMutation({ mutationFn: () => rpc.imports.commit.mutate({ job: jobId.value ?? '' }), onSettled: again })
  const cancel = useMutation({ mutationFn: () => rpc.imports.cancel.mutate({ job: jobId.value ?? '' }), onSettled: again })

  function reset(): void {
    control.abort()
    Object.assign(settings, { source: '', kind: null, area: null, datum: 'wgs84', accepted: [], sheet: null, encoding: null, headerRows: null })
    file.value = null
    proposal.value = null
    jobId.value = null
  }

  return { settings, file, sent, proposal, mapping, jobId, upload, inspect, check, job, commit, cancel, reset }
}
export type ImportFlow = ReturnType<typeof useImportFlow>

const flowKey: InjectionKey<ImportFlow> = Symbol('import-flow')

/** Begins a flow that the components below share. */
export function provideImportFlow(): ImportFlow {
  const flow = useImportFlow()
  provide(flowKey, flow)
  return flow
}

export function injectImportFlow(): ImportFlow {
  const flow = inject(flowKey)
  if (flow === undefined) throw new Error('no import is under way')
  return flow
}

/** Where the rows kept back can be fetched. */
export async function badRowsAddress(job: string, format: 'csv' | 'xlsx'): Promise<string> {
  const { blob, fileName } = await rpc.imports.badRowsFile.mutate({ job, format })
  return `/blobs/${blob}?save&name=${encodeURIComponent(fileName)}`
}

export function useBadRows(job: () => string, problem: () => ProblemCode | null, offset: () => number) {
  return useQuery({
    queryKey: computed(() => ['imports', 'badRows', job(), problem(), offset()]),
    queryFn: () => rpc.imports.badRows.query({ job: job(), offset: offset(), limit: 100, problem: problem() }),
  })
}
