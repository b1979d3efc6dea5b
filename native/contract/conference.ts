// 会商: rooms of picture and sound, who was called to them, who was there; and what a room shows while it is held.
import { z } from 'zod'
import type { CallOutcome } from './contacts.ts'
import { defineDatasets } from './dataset.ts'
import type { Health } from './health.ts'
import { type EpochMs, Id, Sha256, text } from './scalars.ts'

/** Entries about a room of an incident have the incident as their subject, others the room itself. */
export const conferenceDatasets = defineDatasets({
  conferences: {
    scope: 'centre',
    columns: {
      /** null = a free room. */
      incident: { type: 'id' },
      title: { type: 'text' },
      /** The station that holds it: its SFU is the room. */
      station: { type: 'text' },
      openedAt: { type: 'at' },
      openedBy: { type: 'text' },
      openedByName: { type: 'text' },
      /** null = it is still open. */
      closedAt: { type: 'at' },
      closedByName: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  conferenceInvitations: {
    scope: 'centre',
    columns: {
      conference: { type: 'id' },
      incident: { type: 'id' },
      /** `account`, `role`, `unit` or `contact`. */
      kind: { type: 'text' },
      /** Row id; the role's name for a role. */
      whom: { type: 'text' },
      name: { type: 'text', personal: true },
      telephone: { type: 'text', personal: true },
      /** Has no client here: somebody must ring. */
      isByTelephone: { type: 'boolean' },
      /** When somebody said that it was told; null = not yet. */
      toldAt: { type: 'at' },
      toldByName: { type: 'text' },
      enteredAt: { type: 'at' },
      enteredByName: { type: 'text' },
    },
  },
  conferenceAttendance: {
    scope: 'centre',
    columns: {
      conference: { type: 'id' },
      incident: { type: 'id' },
      /** null for a camera. */
      account: { type: 'text' },
      name: { type: 'text', personal: true },
      unitName: { type: 'text' },
      /** The camera that was there; null = a person. */
      camera: { type: 'id' },
      /** The station that saw it. */
      station: { type: 'text' },
      joinedAt: { type: 'at' },
      /** null = still there. */
      leftAt: { type: 'at' },
      /** `left`, `removed`, `lost` (the line, and it did not come back), `moved` (with the room, to another host) or `closed`. */
      leftHow: { type: 'text' },
      /** The station that held the room before, when this person came with it; null = came by themself. */
      movedFrom: { type: 'text' },
    },
  },
  /** Files lie on the station that recorded: they are too large for the lines between centres. */
  conferenceRecordings: {
    scope: 'centre',
    columns: {
      conference: { type: 'id' },
      incident: { type: 'id' },
      station: { type: 'text' },
      /** '' = the whole room; else whose stream. */
      what: { type: 'text', personal: true },
      startedAt: { type: 'at' },
      startedByName: { type: 'text' },
      /** null = it goes on. */
      endedAt: { type: 'at' },
      endedHow: { type: 'text' },
      /** `[{ file, sizeBytes }]`, in their order. */
      parts: { type: 'json' },
    },
  },
  /** 视频点名: a row each time a subordinate duty room is called. */
  conferenceRollCalls: {
    scope: 'centre',
    columns: {
      conference: { type: 'id' },
      incident: { type: 'id' },
      /** Row of the unit, with its name and duty telephone as they were then. */
      unit: { type: 'id' },
      unitName: { type: 'text' },
      telephone: { type: 'text' },
      calledAt: { type: 'at' },
      calledByName: { type: 'text' },
      /** When the answer, or that none came, was said; null = awaited. */
      answeredAt: { type: 'at' },
      /** `answered`, `late` (over a minute) or `none`; null = awaited. */
      answer: { type: 'text' },
      who: { type: 'text', personal: true },
      /** SHA-256 of what was seen then, JPEG; null = nothing was. */
      picture: { type: 'text', personal: true },
    },
  },
  /** A room that went on at another host; where it was opened stands in `conferences`. */
  conferenceHosts: {
    scope: 'centre',
    columns: {
      conference: { type: 'id' },
      incident: { type: 'id' },
      /** The station that holds it from then on, and what people call it. */
      station: { type: 'text' },
      name: { type: 'text' },
      since: { type: 'at' },
      /** `lost`: the host before does not answer · `smaller`: it was in two places and this one has more people · `home`: back where it was opened. */
      reason: { type: 'text' },
    },
  },
})

/** `stopped` by the chair · `ended` with the room or the stream · `lost`: the station was ended without a word, what was written until then plays. */
export type RecordingEnd = 'stopped' | 'ended' | 'lost'

export interface ConferenceRecording {
  id: Id
  /** '' = the whole room; else whose stream. */
  what: string
  startedAt: EpochMs
  /** '' = the station, by itself: it went on after a break. */
  startedByName: string
  /** null = it goes on. */
  endedAt: EpochMs | null
  endedHow: RecordingEnd | null
  /** The files lie on this station; others say which one has them by where the room was held. */
  isHere: boolean
  parts: { file: string; sizeBytes: number }[]
}

/** The last time somebody was rung about an invitation or a roll call; the call itself stands among the calls. */
export interface LastRung {
  at: EpochMs
  outcome: CallOutcome
  /** Who took it, in their words. */
  who: string
  words: string
}

/** Whoever answers a roll call later than this is 迟. */
export const rollCallLateMs = 60_000

export interface RollCallUnit {
  id: Id
  name: string
  /** '' = none is known. */
  telephone: string
  isSample: boolean
}
export interface RollCall {
  id: Id
  unit: Id
  unitName: string
  telephone: string
  calledAt: EpochMs
  calledByName: string
  answeredAt: EpochMs | null
  /** `late`: more than a minute after it was called. null = awaited. */
  answer: 'answered' | 'late' | 'none' | null
  who: string
  picture: string | null
  /** null = it was not rung. */
  rung: LastRung | null
}
export const RollCallInput = z.object({ conference: Id, unit: Id })
/** No page waits longer for the picture of an answer. */
export const rollCallWaitLimitMs = 10_000
export const AnswerRollCallInput = z.object({
  call: Id,
  isThere: z.boolean(),
  who: text(80),
  picture: Sha256.nullable(),
  /** How long the page waited for the picture: the answer came before. */
  waitedMs: z.int().min(0).max(rollCallWaitLimitMs).default(0),
})
export type AnswerRollCallInput = z.input<typeof AnswerRollCallInput>

export const OpenConferenceInput = z.object({
  /** Made by the page, so that a repeated send is one room. */
  id: Id,
  incident: Id.nullable(),
  title: text(120).refine((title) => title.trim() !== '', { error: 'title.required' }),
})
export type OpenConferenceInput = z.infer<typeof OpenConferenceInput>

export const InviteeKind = z.enum(['account', 'role', 'unit', 'contact'])
export type InviteeKind = z.infer<typeof InviteeKind>
export const InviteInput = z.object({
  conference: Id,
  invitees: z
    .array(z.object({ kind: InviteeKind, whom: text(80) }))
    .min(1)
    .max(100),
})
export type InviteInput = z.infer<typeof InviteInput>

export interface ConferenceInvitation {
  id: Id
  kind: InviteeKind
  whom: string
  name: string
  telephone: string
  isByTelephone: boolean
  /** Its number is a sample and is never dialled. */
  isSample: boolean
  /** null = it was not rung. */
  rung: LastRung | null
  /** Said by somebody, or the call that was taken. */
  toldAt: EpochMs | null
  toldByName: string
}

export interface ConferenceAttendance {
  id: Id
  /** '' = a camera. */
  account: string
  name: string
  unitName: string
  /** null = a person. */
  camera: Id | null
  joinedAt: EpochMs
  leftAt: EpochMs | null
  leftHow: string | null
  /** Came with the room from another host. */
  hasMoved: boolean
}

/** The room went on at another host. */
export interface ConferenceMove {
  id: Id
  name: string
  since: EpochMs
  reason: 'lost' | 'smaller' | 'home'
}

/** A room in a list. */
export interface Conference {
  id: Id
  incident: Id | null
  incidentTitle: string | null
  title: string
  openedAt: EpochMs
  openedByName: string
  closedAt: EpochMs | null
  closedByName: string
  /** How many are in it now. */
  present: number
  /** Where it is held, or would be if somebody came: `isHere` = on this station; name '' = it has none. null = no host answers now. */
  host: { name: string; isHere: boolean } | null
  /** Another centre's: it has called ours. */
  isForeign: boolean
  isSample: boolean
}
export interface ConferenceDetail extends Conference {
  invitations: ConferenceInvitation[]
  attendance: ConferenceAttendance[]
  moves: ConferenceMove[]
  recordings: ConferenceRecording[]
}
export interface ConferenceList {
  rooms: Conference[]
  /** How the SFU of this station stands: `down` says which command mends it. */
  sfu: Health
}

export const MediaSource = z.enum(['camera', 'microphone', 'screen'])
export type MediaSource = z.infer<typeof MediaSource>

/** A stream of somebody in the room; whoever sees it may ask for it. */
export interface RoomStream {
  id: string
  kind: 'audio' | 'video'
  source: MediaSource
  /** Its owner sends nothing: muted, or the camera covered. */
  isPaused: boolean
}

export interface RoomParticipant {
  id: Id
  name: string
  /** Unit by name, '' = none given. */
  unitName: string
  /** Its row where the person signed in; null = none given. */
  unit: Id | null
  /** Level in the reporting tree: a key for the page's words, '' = not known. */
  level: string
  /** The camera that has this place; null = a person has it. */
  camera: Id | null
  joinedAt: EpochMs
  isChair: boolean
  /** A camera that the chair has silenced, whether it has sound now or not. */
  isSilenced: boolean
  /** When the hand was raised; null = it is down. Also the order in which hands are called. */
  handAt: EpochMs | null
  /** The line to the page is cut; it has half a minute to come back. */
  isAway: boolean
  /** 0 (nothing usable arrives) … 10, as the SFU measures what it gets from there; null = nothing is sent. */
  quality: number | null
  /** Too much was lost on the way to there: pictures are held back, sound goes on. */
  isAudioOnly: boolean
  streams: RoomStream[]
}

export interface RoomText {
  id: number
  at: EpochMs
  name: string
  words: string
}

/** A room while it is held. */
export interface RoomView {
  conference: Id
  title: string
  participants: RoomParticipant[]
  isLocked: boolean
  /** Shown large to everybody; null = each as they like. */
  spotlight: Id | null
  /** Who is being heard; null = nobody. */
  speaker: Id | null
  texts: RoomText[]
  /** What is being recorded; `stream` null = the whole room. */
  recordings: { id: Id; stream: string | null; startedAt: EpochMs; /** Nothing can be written, it is tried again and again. */ isFailing: boolean }[]
  /** Screens of a wall that show it: everybody in the room is to know. */
  screens: number
}

/** What a page in a room hears: first its place, then the room as often as it changes, in whole. */
export type RoomEvent =
  | {
      kind: 'joined'
      participant: Id
      /** Changes when the SFU had to begin anew: transports and streams of the former are gone, make new ones. */
      generation: string
      /** The router's RTP capabilities for mediasoup-client. */
      rtpCapabilities: Record<string, unknown>
    }
  | { kind: 'room'; room: RoomView }
  /** The chair has closed this place's microphone; `unmute`: a camera is to be heard again, a person opens it alone. */
  | { kind: 'mute' | 'unmute' }
  | { kind: 'ended'; why: 'left' | 'removed' | 'closed' | 'elsewhere' }
  /** The room goes on at another host: come again, you will be let in there. */
  | { kind: 'ended'; why: 'moved' }

export const ChairAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mute'), participant: Id }),
  /** Of a camera; nobody else's microphone is opened but by its owner. */
  z.object({ kind: z.literal('unmute'), participant: Id }),
  z.object({ kind: z.literal('mute-all') }),
  z.object({ kind: z.literal('remove'), participant: Id }),
  z.object({ kind: z.literal('lock'), isLocked: z.boolean() }),
  z.object({ kind: z.literal('spotlight'), participant: Id.nullable() }),
  z.object({ kind: z.literal('hand-over'), participant: Id }),
  z.object({ kind: z.literal('lower-hand'), participant: Id }),
])
export type ChairAct = z.infer<typeof ChairAct>

/** Which place in which room speaks; the page makes its place's id once and keeps it while it is in. */
export const Place = z.object({ conference: Id, participant: Id })
export type Place = z.infer<typeof Place>

export const AttendInput = Place.extend({
  /** A display of this console that shows the room: it sees, is no participant, and only while its person is in the room. */
  isScreen: z.boolean().default(false),
})

/** mediasoup's own structures: passed on to it as they are, and refused by it when they are not what they should be. */
const Foreign = z.record(z.string(), z.unknown())
const MediaId = z.string().max(80)

export const ConnectInput = Place.extend({ direction: z.enum(['send', 'receive']) })
export const ConnectTransportInput = Place.extend({ transport: MediaId, dtlsParameters: Foreign })
export const RestartIceInput = Place.extend({ transport: MediaId })
export const ProduceInput = Place.extend({ transport: MediaId, kind: z.enum(['audio', 'video']), source: MediaSource, rtpParameters: Foreign })
export const StreamInput = Place.extend({ stream: MediaId })
export const PauseInput = StreamInput.extend({ isPaused: z.boolean() })
export const ConsumeInput = Place.extend({ stream: MediaId, rtpCapabilities: Foreign })
/** `layer`: 0 the smallest picture; null = show none of it for now. */
export const WatchInput = Place.extend({ consumer: MediaId, layer: z.int().min(0).max(2).nullable() })
export const HandInput = Place.extend({ isUp: z.boolean() })
export const SayInput = Place.extend({ words: text(1000).refine((words) => words.trim() !== '', { error: 'words.required' }) })
/** `stream`: null = the whole room. */
export const BeginRecordingInput = Place.extend({ stream: MediaId.nullable() })
export const EndRecordingInput = Place.extend({ recording: Id })
export const ChairInput = Place.extend({ act: ChairAct })

/** A camera is brought into a room where somebody is. */
export const BringCameraInput = z.object({ conference: Id, camera: Id })
/** Taken out again; the chair removes it like anybody else. */
export const WithdrawCameraInput = Place

/** Each call from a place in a room, with what it takes. */
export const placeCalls = {
  leave: Place,
  connect: ConnectInput,
  connectTransport: ConnectTransportInput,
  restartIce: RestartIceInput,
  produce: ProduceInput,
  pause: PauseInput,
  closeStream: StreamInput,
  consume: ConsumeInput,
  watch: WatchInput,
  hand: HandInput,
  say: SayInput,
  chair: ChairInput,
  record: BeginRecordingInput,
  endRecord: EndRecordingInput,
} as const
export type PlaceCall = keyof typeof placeCalls
export type PlaceCallInput<Call extends PlaceCall> = z.infer<(typeof placeCalls)[Call]>

/** What each answers. */
export interface PlaceAnswers extends Record<PlaceCall, unknown> {
  connect: TransportOffer
  produce: { id: string }
  consume: ConsumerOffer
  record: { id: Id }
}

/** The halves of a transport that the page needs; mediasoup's own structures. */
export interface TransportOffer {
  id: string
  iceParameters: unknown
  iceCandidates: unknown
  dtlsParameters: unknown
}
export interface ConsumerOffer {
  id: string
  kind: 'audio' | 'video'
  rtpParameters: unknown
}
