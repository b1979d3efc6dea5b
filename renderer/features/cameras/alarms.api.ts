// 视频告警 as the page asks for them, and an incident out of one.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { CameraAlarm, IntakeInput, TakeAlarmInput } from '../../../native/contract/index.ts'
import { t } from '../../app/i18n.ts'
import { pageError } from '../../app/page-error.ts'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

onChange((change) => {
  if (change.dataset === 'cameraAlarms') void queryClient.invalidateQueries({ queryKey: ['cameraAlarms'] })
})

export const alarmsQuery = { queryKey: ['cameraAlarms', 'list'], queryFn: (): Promise<CameraAlarm[]> => rpc.cameraAlarms.list.query() }

export function useAlarms() {
  return useQuery(alarmsQuery)
}

export function useTakeAlarm() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: TakeAlarmInput) => rpc.cameraAlarms.take.mutate(input),
    onSettled: (_answer, _error, { incident }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['cameraAlarms'] }),
        ...(incident === null ? [] : [client.invalidateQueries({ queryKey: ['incidents'] })]),
      ]),
  })
}

export function useAlarmSources() {
  return useQuery({ queryKey: ['cameraAlarms', 'sources'], queryFn: () => rpc.cameraAlarms.sources.query() })
}

export function useAlarmSourceActs() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['cameraAlarms', 'sources'] })
  return {
    add: useMutation({ mutationFn: (name: string) => rpc.cameraAlarms.addSource.mutate({ name }), onSuccess, gcTime: 0 }),
    remove: useMutation({ mutationFn: (id: string) => rpc.cameraAlarms.removeSource.mutate({ id }), onSuccess }),
  }
}

/** The alarm as it is first reported: by a program, unchecked, with its picture. */
export function intakeOfAlarm(alarm: CameraAlarm, { id, now }: { id: string; now: number }): IntakeInput {
  const { kind, cameraName, words, position, at, sourceName, image } = alarm
  const ext = image?.mime === 'image/png' ? 'png' : 'jpg'
  return {
    id,
    title: t('cameras.alarm.incident.title', { place: cameraName, kind }).trim(),
    description: '',
    typeCode: null,
    place: cameraName,
    position,
    placedBy: position === null ? null : 'coordinates',
    area: null,
    occurred: { at, precision: 'about', source: sourceName },
    circumstances: [],
    report: {
      words: t('cameras.alarm.incident.words', { kind, words }).trim(),
      reporter: sourceName,
      reporterUnit: '',
      reporterPhone: '',
      channel: 'other',
      received: { at: now, precision: 'exact', source: sourceName },
    },
    statements: [],
    attachments:
      image === null ? [] : [{ sha256: image.sha256, name: t('cameras.alarm.incident.file', { kind, ext }), sizeBytes: 0, mime: image.mime }],
  }
}

/** One alarm is one incident, under its id, however often and by whomever it is asked for: a line that broke in between leaves no second one. */
export async function incidentOfAlarm(alarm: CameraAlarm): Promise<string> {
  const { id } = alarm
  await rpc.incidents.report.mutate(intakeOfAlarm(alarm, { id, now: Date.now() })).catch((error: unknown) => {
    if (pageError(error).code !== 'DUPLICATE') throw error
  })
  await rpc.cameraAlarms.take.mutate({ id, as: 'incident', incident: id })
  await queryClient.invalidateQueries({ queryKey: ['incidents'] })
  return id
}
