// Request and reply on a connection: the first answer that is a message of the link counts; that a stream has stored the question is no answer.
import { createInbox, type NatsConnection } from '@nats-io/transport-node'
import type { Timing } from '../types.ts'
import { wireVersion } from '../wire.ts'

export interface Request {
  subject: string
  bytes: Uint8Array
  /** Where answers may come on this connection. */
  inboxPrefix: string | undefined
  timeoutMs: number
  timing: Timing
}

/** @returns null when nobody is there who answers, or not in time */
export function request(connection: NatsConnection, { subject, bytes, inboxPrefix, timeoutMs, timing }: Request): Promise<Uint8Array | null> {
  const { promise, resolve } = Promise.withResolvers<Uint8Array | null>()
  const inbox = createInbox(inboxPrefix)
  const done = (answer: Uint8Array | null) => {
    cancel()
    subscription.unsubscribe()
    resolve(answer)
  }
  const subscription = connection.subscribe(inbox, {
    callback: (error, message) => {
      if (error !== null) return done(null)
      // A status without a body: nobody listens there.
      if (message.data.byteLength === 0) done(null)
      else if (message.data[0] === wireVersion) done(message.data)
    },
  })
  const cancel = timing.after(timeoutMs, () => done(null))
  connection.publish(subject, bytes, { reply: inbox })
  return promise
}

/** Answers what is asked under a subject, in any order. @param answer null = nothing to say */
export function serve(
  connection: NatsConnection,
  subject: string,
  { answer, onError }: { answer: (bytes: Uint8Array, subject: string) => Promise<Uint8Array | null>; onError: (error: unknown) => void },
): void {
  connection.subscribe(subject, {
    callback: (error, message) => {
      if (error !== null) return onError(error)
      void answer(message.data, message.subject)
        .then((bytes) => {
          if (bytes !== null && !connection.isClosed()) message.respond(bytes)
        })
        .catch(onError)
    },
  })
}
