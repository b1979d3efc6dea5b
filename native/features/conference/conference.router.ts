// 会商 as the page calls it: rooms and invitations; and the signalling of a room that is held. Media itself never passes here.
import { z } from 'zod'
import {
  AnswerRollCallInput,
  AttendInput,
  ChairInput,
  ConnectInput,
  ConnectTransportInput,
  ConsumeInput,
  EndRecordingInput,
  HandInput,
  Id,
  InviteInput,
  OpenConferenceInput,
  PauseInput,
  Place,
  ProduceInput,
  BeginRecordingInput,
  BringCameraInput,
  RestartIceInput,
  RollCallInput,
  type RoomEvent,
  SayInput,
  StreamInput,
  WanglouError,
  WatchInput,
  WithdrawCameraInput,
} from '../../contract/index.ts'
import { type Actor, procedure, router } from '../../door/trpc.ts'
import type { Conferences } from './conference.feature.ts'

/** The idle lock hides the page, it throws nobody out of a conference. */
const inRoom = procedure('conference.join', { isOpenWhileLocked: true })

export function conferenceRouter(conferences: Conferences) {
  const { service, rooms, seats, rollCalls } = conferences
  return router({
    list: procedure('conference.read')
      .input(z.object({ incident: Id.nullable() }))
      .query(({ input }) => service.list(input.incident)),
    get: procedure('conference.read')
      .input(z.object({ id: Id }))
      .query(({ input }) => service.detail(input.id)),
    /** What waits for this person: rooms she was called to, and people she could ring. */
    waiting: procedure('conference.read').query(async ({ ctx }) => ({
      calls: await service.repository.callsOf(ctx.actor.account),
      toRing: ctx.actor.can('conference.hold') ? await service.repository.toRing() : [],
    })),
    open: procedure('conference.hold')
      .input(OpenConferenceInput)
      .mutation(({ input, ctx }) => service.open(input, ctx.actor)),
    close: procedure('conference.hold')
      .input(z.object({ id: Id }))
      .mutation(async ({ input, ctx }) => {
        await service.close(input.id, ctx.actor)
        rooms.close(input.id)
      }),
    invite: procedure('conference.hold')
      .input(InviteInput)
      .mutation(({ input, ctx }) => service.invite(input, ctx.actor)),
    bringCamera: procedure('conference.hold')
      .input(BringCameraInput)
      .mutation(async ({ input, ctx }) => {
        if (!ctx.actor.can('cameras.read')) throw new WanglouError('FORBIDDEN', { permission: 'cameras.read' })
        await conferences.cameras.bring({ ...input, account: ctx.actor.account }, { isRelayed: false })
      }),
    withdrawCamera: procedure('conference.hold')
      .input(WithdrawCameraInput)
      .mutation(({ input }) => conferences.cameras.withdraw(input, { isRelayed: false })),
    told: procedure('conference.hold')
      .input(z.object({ invitation: Id }))
      .mutation(({ input, ctx }) => service.told(input.invitation, ctx.actor)),
    rollCall: procedure('conference.read')
      .input(z.object({ conference: Id }))
      .query(({ input }) => rollCalls.view(input.conference)),
    callUnit: procedure('conference.hold')
      .input(RollCallInput)
      .mutation(({ input, ctx }) => rollCalls.call(input, ctx.actor)),
    answerUnit: procedure('conference.hold')
      .input(AnswerRollCallInput)
      .mutation(({ input, ctx }) => rollCalls.answer(input, ctx.actor)),
    /** Being in the room, wherever it is held: it is left when this ends and does not begin again in time. */
    attend: inRoom.input(AttendInput).subscription(async function* ({ input, ctx, signal }): AsyncGenerator<RoomEvent, void, void> {
      const { account, name } = ctx.actor
      const person = { account, name, session: sessionOf(ctx.actor), ...(await conferences.standing(account)) }
      if (input.isScreen && !seats.isIn(input.conference, person.session)) throw new WanglouError('NOT_FOUND', { conference: input.conference })
      const comer = { ...input, ...person, trunk: null, camera: null, movedFrom: null, about: await service.about(input.conference) }
      for await (const event of seats.attend(comer, { signal: signal ?? new AbortController().signal, isRelayed: false })) {
        // The next person at this desk does not sit in the former's place.
        if (ctx.session !== null && ctx.session.account !== ctx.actor.account) return void (await seats.call('leave', input, person.session))
        yield event
      }
    }),
    leave: inRoom.input(Place).mutation(async ({ input, ctx }) => void (await seats.call('leave', input, sessionOf(ctx.actor)))),
    connect: inRoom.input(ConnectInput).mutation(({ input, ctx }) => seats.call('connect', input, sessionOf(ctx.actor))),
    connectTransport: inRoom
      .input(ConnectTransportInput)
      .mutation(async ({ input, ctx }) => void (await seats.call('connectTransport', input, sessionOf(ctx.actor)))),
    restartIce: inRoom.input(RestartIceInput).mutation(({ input, ctx }) => seats.call('restartIce', input, sessionOf(ctx.actor))),
    produce: inRoom.input(ProduceInput).mutation(({ input, ctx }) => seats.call('produce', input, sessionOf(ctx.actor))),
    pause: inRoom.input(PauseInput).mutation(async ({ input, ctx }) => void (await seats.call('pause', input, sessionOf(ctx.actor)))),
    closeStream: inRoom.input(StreamInput).mutation(async ({ input, ctx }) => void (await seats.call('closeStream', input, sessionOf(ctx.actor)))),
    consume: inRoom.input(ConsumeInput).mutation(({ input, ctx }) => seats.call('consume', input, sessionOf(ctx.actor))),
    watch: inRoom.input(WatchInput).mutation(async ({ input, ctx }) => void (await seats.call('watch', input, sessionOf(ctx.actor)))),
    hand: inRoom.input(HandInput).mutation(async ({ input, ctx }) => void (await seats.call('hand', input, sessionOf(ctx.actor)))),
    say: inRoom.input(SayInput).mutation(async ({ input, ctx }) => void (await seats.call('say', input, sessionOf(ctx.actor)))),
    chair: inRoom.input(ChairInput).mutation(async ({ input, ctx }) => void (await seats.call('chair', input, sessionOf(ctx.actor)))),
    record: inRoom.input(BeginRecordingInput).mutation(({ input, ctx }) => seats.call('record', input, sessionOf(ctx.actor))),
    endRecord: inRoom.input(EndRecordingInput).mutation(async ({ input, ctx }) => void (await seats.call('endRecord', input, sessionOf(ctx.actor)))),
  })
}

/** A place belongs to the page's session, so that a second page of the same person does not speak for the first. */
function sessionOf(actor: Actor): string {
  if (actor.session === null) throw new WanglouError('UNAUTHENTICATED')
  return actor.session
}
