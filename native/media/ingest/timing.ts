// The patience of a stream, in milliseconds; tests have less.

export interface StreamTiming {
  tickMs: number
  /** For the connection and for each answer. */
  answerMs: number
  /** After PLAY the first packet comes within. */
  firstPacketMs: number
  /** Nothing for so long: the tile says so. */
  stalledMs: number
  /** Nothing for so long: the session is given up. */
  silentMs: number
  /** Packets, and still no picture can be made of them: said. */
  pictureMs: number
  /** … and asked for anew. */
  noPictureMs: number
  senderReportMs: number
  receiverReportMs: number
  /** It has played so long: the outage is over. */
  settledMs: number
  /** A stream that nobody watches any more stays so long. */
  lingerMs: number
}

export const streamTiming: StreamTiming = {
  tickMs: 500,
  answerMs: 4000,
  firstPacketMs: 5000,
  stalledMs: 2000,
  silentMs: 6000,
  pictureMs: 6000,
  noPictureMs: 30_000,
  senderReportMs: 2000,
  receiverReportMs: 5000,
  settledMs: 10_000,
  lingerMs: 15_000,
}
