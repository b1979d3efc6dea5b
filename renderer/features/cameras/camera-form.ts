// What a person types of a camera, turned into what the station takes, and back.
import {
  type CameraDetail,
  type CameraSave,
  cameraSources,
  type CameraSourceKind,
  type LonLat,
  type PtzCalibration,
} from '../../../native/contract/index.ts'

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
  /** How its mount counts; all four, or none. */
  northDeg: string
  panDeg: string
  level: string
  down: string
  sourceKind: CameraSourceKind
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
    northDeg: number(camera?.ptzCalibration?.northDeg),
    panDeg: number(camera?.ptzCalibration?.panDeg),
    level: number(camera?.ptzCalibration?.level),
    down: number(camera?.ptzCalibration?.down),
    sourceKind: camera?.sourceKind ?? 'rtsp',
    address: shownAddress(camera?.address ?? ''),
    subAddress: camera?.subAddress ?? '',
    transport: camera?.transport ?? 'auto',
    username: camera?.username ?? '',
    password: '',
    note: camera?.note ?? '',
  }
}

/** An untouched login is left as it is; without its user name there is none. */
export function saveOf(draft: CameraDraft, kept: { id: string | null; username: string | null }): CameraSave {
  const number = (text: string) => (text.trim() === '' ? null : Number(text))
  const { username, password } = draft
  const isTakenAway = username === '' && Boolean(kept.username)
  return {
    id: kept.id,
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
    ptzCalibration: calibrationOf(draft),
    sourceKind: draft.sourceKind,
    address: addressOf(draft),
    subAddress: draft.subAddress.trim() || null,
    transport: draft.transport,
    note: draft.note.trim(),
    ...(password !== '' ? { login: { username, password } } : isTakenAway ? { login: null } : {}),
  }
}

/** null where one of the four is missing. */
function calibrationOf({ northDeg, panDeg, level, down }: CameraDraft): PtzCalibration | null {
  if ([northDeg, panDeg, level, down].some((text) => text.trim() === '')) return null
  return { northDeg: Number(northDeg), panDeg: Number(panDeg), level: Number(level), down: Number(down) }
}

/** What was kept for the host of before is not given to the one that is typed now; the station itself looks at scheme and port, too. */
export function needsLoginAgain(camera: CameraDetail | null, { address, password }: Pick<CameraDraft, 'address' | 'password'>): boolean {
  if (camera === null || password !== '') return false
  const isMoved = camera.hasLogin && hostOf(address) !== null && hostOf(address) !== hostOf(camera.address)
  return camera.isLoginElsewhere || isMoved
}

function hostOf(address: string): string | null {
  return URL.canParse(address.trim()) ? new URL(address.trim()).host || null : null
}

/** Devices that push have no address, a film only a name. */
export function addressOf({ sourceKind, address }: Pick<CameraDraft, 'sourceKind' | 'address'>): string {
  if (sourceKind === 'rtmp') return 'push:'
  return sourceKind === 'film' ? `film:${encodeURIComponent(address.trim())}` : address.trim()
}

/** A login written in it is no part of its form. */
export function isAddress(draft: Pick<CameraDraft, 'sourceKind' | 'address'>): boolean {
  return cameraSources[draft.sourceKind].address.test(addressOf(draft))
}

/** `109.5, 34.5`, with any comma or blank between. */
function placeOf(text: string): LonLat | null {
  const [lon, lat] = text
    .split(/[,，\s]+/)
    .filter(Boolean)
    .map(Number)
  return lon === undefined || lat === undefined || Number.isNaN(lon + lat) ? null : [lon, lat]
}

function shownAddress(address: string): string {
  return address.startsWith('film:') ? decodeURIComponent(address.slice('film:'.length)) : address
}
