// What of a report waits: a send nobody has signed for within its minutes, a 补签. Said from rows and a moment; nothing moves by a timer. Pure.
import type { EpochMs, HappenedAt, ReceiptKind } from '../../contract/index.ts'

/** 送达 is a machine's word; only 签收 and 阅示 are a person's. */
export function isSignedFor(receipts: readonly { kind: ReceiptKind }[]): boolean {
  return receipts.some((receipt) => receipt.kind !== 'delivered')
}

/** @returns the moment since which it should have been signed for; null = it was, or there is time */
export function urgeSince(
  send: { sentAt: HappenedAt; receiptWithinMinutes: number },
  receipts: readonly { kind: ReceiptKind }[],
  nowMs: number,
): EpochMs | null {
  const limit = send.sentAt.at + send.receiptWithinMinutes * 60_000
  return isSignedFor(receipts) || nowMs <= limit ? null : limit
}
