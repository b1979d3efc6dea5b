// What a person types of a camera, turned into what the station takes, and back.
import type { CameraDetail, CameraSave, LonLat } from '../../../native/contract/index.ts'

export interface CameraDraft {
  name: string
  area: string
  owner: string
  device: string
  channel: string
  place: string
  heightM: string
  azimuthDeg: string
  viewDeg: string
  rangeM: string
  hasPtz: boolean
  address: string
  subAddress: string
  transport: CameraSave['transport']
  username: string
  password: string
  note: string
}

export function draftOf(camera: CameraDetail | null): CameraDraft {
  const number = (value: number | null | undefined) => (typeof value === 'number' ? String(value) : '')
  return {
    name: camera?.name ?? '',
    area: camera?.area ?? '',
    owner: camera?.owner ?? '',
    device: camera?.device ?? '',
    channel: camera?.channel ?? '',
    place: camera?.position?.join(', ') ?? '',
    heightM: number(camera?.heightM),
    azimuthDeg: number(camera?.azimuthDeg),
    viewDeg: number(camera?.viewDeg),
    rangeM: number(camera?.rangeM),
    hasPtz: camera?.hasPtz ?? false,
    address: camera?.address ?? '',
    subAddress: camera?.subAddress ?? '',
    transport: camera?.transport ?? 'auto',
    username: camera?.username ?? '',
    password: '',
    note: camera?.note ?? '',
  }
}

/** An untouched login is left as it is. */
export function saveOf(id: string | null, draft: CameraDraft): CameraSave {
  const number = (text: string) => (text.trim() === '' ? null : Number(text))
  const { username, password } = draft
  return {
    id,
    name: draft.name.trim(),
    area: draft.area.trim() || null,
    owner: draft.owner.trim(),
    device: draft.device.trim(),
    channel: draft.channel.trim(),
    position: placeOf(draft.place),
    heightM: number(draft.heightM),
    azimuthDeg: number(draft.azimuthDeg),
    viewDeg: number(draft.viewDeg),
    rangeM: number(draft.rangeM),
    hasPtz: draft.hasPtz,
    sourceKind: 'rtsp',
    address: draft.address.trim(),
    subAddress: draft.subAddress.trim() || null,
    transport: draft.transport,
    note: draft.note.trim(),
    ...(password === '' ? {} : { login: { username, password } }),
  }
}

/** `109.5, 34.5`, with any comma or blank between. */
function placeOf(text: string): LonLat | null {
  const [lon, lat] = text
    .split(/[,，\s]+/)
    .filter(Boolean)
    .map(Number)
  return lon === undefined || lat === undefined || Number.isNaN(lon + lat) ? null : [lon, lat]
}
