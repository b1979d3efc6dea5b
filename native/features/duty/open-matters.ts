// Asks every room what it holds open; a room that fails is said in the list itself, never left out in silence.
import type { OpenMatter, ReadOpenMatters } from '../../contract/index.ts'

export interface OpenMatters {
  open: OpenMatter[]
  /** Rooms that could not be asked. */
  unread: number
}

export async function readOpenMatters(rooms: readonly ReadOpenMatters[], onError: (error: unknown) => void): Promise<OpenMatters> {
  const answers = await Promise.allSettled(rooms.map((room) => room()))
  for (const answer of answers) if (answer.status === 'rejected') onError(answer.reason)
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  // One matter counted twice would be decided twice.
  const open = [...new Map(found.map((matter) => [matter.id, matter])).values()]
  return { open, unread: answers.filter((answer) => answer.status === 'rejected').length }
}
