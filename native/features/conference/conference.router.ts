// 会商 as the page calls it: rooms and invitations; and the signalling of a room that is held. Media itself never passes here.
import { z } from 'zod'
import {
  ChairInput,
  ConnectInput,
  ConnectTransportInput,
  ConsumeInput,
  HandInput,
  Id,
  InviteInput,
  OpenConferenceInput,
  PauseInput,
  Place,
  ProduceInput,
  RestartIceInput,
  type RoomEvent,
  SayInput,
  StreamInput,
  WanglouError,
  WatchInput,
} from '../../contract/index.ts'
import { type Actor, procedure, router } from '../../door/trpc.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Conferences } from './conference.feature.ts'

/** The idle lock hides the page, it throws nobody out of a conference. */
const inRoom = procedure('conference.join', { isOpenWhileLocked: true })

export function conferenceRouter(conferences: Conferences) {
  const { service, rooms } = conferences

  /** The place of the caller, and of nobody else. */
  function placeOf({ conference, participant }: z.infer<typeof Place>, actor: Actor) {
    const room = rooms.held(conference)
    return { room, media: room.media(participant, sessionOf(actor)) }
  }
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
    told: procedure('conference.hold')
      .input(z.object({ invitation: Id }))
      .mutation(({ input, ctx }) => service.told(input.invitation, ctx.actor)),
    /** Being in the room: it is left when this ends and does not begin again in time. */
    attend: inRoom.input(Place).subscription(async function* ({ input, ctx, signal }): AsyncGenerator<RoomEvent, void, void> {
      const { title } = await service.mustBeHeldHere(input.conference)
      const { account, name } = ctx.actor
      const comer = { id: input.participant, account, session: sessionOf(ctx.actor), name, ...(await conferences.standing(account)) }
      for await (const event of rooms.open(input.conference, title).attend(comer, signal ?? new AbortController().signal)) {
        // The next person at this desk does not sit in the former's place.
        if (ctx.session !== null && ctx.session.account !== ctx.actor.account) return rooms.held(input.conference).leave(input.participant)
        yield event
      }
    }),
    leave: inRoom.input(Place).mutation(({ input, ctx }) => placeOf(input, ctx.actor).room.leave(input.participant)),
    connect: inRoom.input(ConnectInput).mutation(({ input, ctx }) => placeOf(input, ctx.actor).media.connect(input.direction)),
    connectTransport: inRoom
      .input(ConnectTransportInput)
      .mutation(({ input, ctx }) => placeOf(input, ctx.actor).media.connectTransport(input.transport, input.dtlsParameters)),
    restartIce: inRoom.input(RestartIceInput).mutation(({ input, ctx }) => placeOf(input, ctx.actor).media.restartIce(input.transport)),
    produce: inRoom.input(ProduceInput).mutation(({ input, ctx }) => {
      const { room, media } = placeOf(input, ctx.actor)
      return room.produce(media, input)
    }),
    pause: inRoom.input(PauseInput).mutation(({ input, ctx }) => placeOf(input, ctx.actor).media.pause(input.stream, input.isPaused)),
    closeStream: inRoom.input(StreamInput).mutation(({ input, ctx }) => placeOf(input, ctx.actor).media.closeStream(input.stream)),
    consume: inRoom.input(ConsumeInput).mutation(({ input, ctx }) => {
      const { room, media } = placeOf(input, ctx.actor)
      return room.consume(media, input)
    }),
    watch: inRoom.input(WatchInput).mutation(({ input, ctx }) => placeOf(input, ctx.actor).media.watch(input.consumer, input.layer)),
    hand: inRoom.input(HandInput).mutation(({ input, ctx }) => placeOf(input, ctx.actor).room.hand(input.participant, input.isUp)),
    say: inRoom.input(SayInput).mutation(({ input, ctx }) => {
      refuseMarked(input.words)
      placeOf(input, ctx.actor).room.say(input.participant, input.words.trim())
    }),
    chair: inRoom.input(ChairInput).mutation(({ input, ctx }) => placeOf(input, ctx.actor).room.chair(input.participant, input.act)),
  })
}

/** A place belongs to the page's session, so that a second page of the same person does not speak for the first. */
function sessionOf(actor: Actor): string {
  if (actor.session === null) throw new WanglouError('UNAUTHENTICATED')
  return actor.session
}
