// Capture cards as the page calls them: which consoles there are, what this page is to capture, and the signalling of what it sends.
import type { z } from 'zod'
import {
  type CaptureConsoles,
  CaptureConnectInput,
  type CaptureJob,
  CapturePageInput,
  CaptureProduceInput,
  CaptureTellInput,
  CaptureTransportInput,
  WanglouError,
} from '../../contract/index.ts'
import { type Actor, procedure, router } from '../../door/trpc.ts'
import type { Cameras } from './cameras.feature.ts'

/** Whoever sits at the console with the card; a locked page goes on sending what others watch. */
const atConsole = procedure('cameras.read', { isOpenWhileLocked: true })

export function cameraCaptureRouter({ service, captures: { desk, consoles } }: Cameras) {
  return router({
    consoles: procedure('cameras.read').query(async (): Promise<CaptureConsoles> => {
      const here = consoles.here()
      return { here, names: consoles.names(), cameras: await service.capturedAt(here) }
    }),
    attend: atConsole.input(CapturePageInput).subscription(async function* ({ input, ctx, signal }): AsyncGenerator<CaptureJob[]> {
      for await (const jobs of desk.attend(pageOf(ctx.actor, input), signal ?? new AbortController().signal)) {
        // The next person at this desk comes with a page of her own.
        if (ctx.session !== null && ctx.session.account !== ctx.actor.account) return
        yield jobs
      }
    }),
    connect: atConsole.input(CaptureConnectInput).mutation(({ input, ctx }) => desk.connect(pageOf(ctx.actor, input), input.camera)),
    connectTransport: atConsole.input(CaptureTransportInput).mutation(({ input, ctx }) => desk.connectTransport(pageOf(ctx.actor, input), input)),
    produce: atConsole.input(CaptureProduceInput).mutation(({ input, ctx }) => desk.produce(pageOf(ctx.actor, input), input)),
    tell: atConsole.input(CaptureTellInput).mutation(({ input, ctx }) => desk.tell(pageOf(ctx.actor, input), input)),
    devicesChanged: atConsole.input(CapturePageInput).mutation(({ input, ctx }) => desk.devicesChanged(pageOf(ctx.actor, input))),
  })
}

function pageOf(actor: Actor, { page }: z.infer<typeof CapturePageInput>) {
  if (actor.session === null) throw new WanglouError('UNAUTHENTICATED')
  return { page, session: actor.session }
}
