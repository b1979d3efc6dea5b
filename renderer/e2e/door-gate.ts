// A gate in the page's own line to the station: answers can be held back or refused for named procedures, everything else passes untouched.
import type { Page, WebSocketRoute } from '@playwright/test'

export type Passage = 'pass' | 'hold' | 'refuse'

export interface Gate {
  /** From now on; what was held before is let go the same way. */
  set(passage: Passage, procedures?: RegExp): void
}

interface Question {
  id: number
  method: string
  params?: { path?: string }
}

/** Asked for before the page makes its line: reload after it. */
export async function gateOf(page: Page): Promise<Gate> {
  let passage: Passage = 'pass'
  let procedures = /^$/
  let held: { question: Question; line: WebSocketRoute; server: WebSocketRoute }[] = []
  const refusal = (question: Question) =>
    JSON.stringify({ id: question.id, error: { code: -32_603, message: 'INTERNAL', data: { code: 'INTERNAL', params: {} } } })

  await page.routeWebSocket(/\/rpc/, (line) => {
    const server = line.connectToServer()
    line.onMessage((message) => {
      const words = String(message)
      // Signs of life are bare words; questions of one moment come together.
      if (!/^[[{]/.test(words)) return server.send(message)
      for (const question of [JSON.parse(words) as Question | Question[]].flat()) {
        const isGated = question.method === 'query' && procedures.test(question.params?.path ?? '')
        if (!isGated || passage === 'pass') server.send(JSON.stringify(question))
        else if (passage === 'refuse') line.send(refusal(question))
        else held.push({ question, line, server })
      }
    })
  })
  return {
    set(next, which = procedures) {
      passage = next
      procedures = which
      if (next === 'hold') return
      for (const { question, line, server } of held) {
        if (next === 'refuse') line.send(refusal(question))
        else server.send(JSON.stringify(question))
      }
      held = []
    },
  }
}
