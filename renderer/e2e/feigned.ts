// Answers that the page gets in place of the station's, for named procedures: how a screen looks where no such world can be set up. What was asked is kept.
import type { Page } from '@playwright/test'

interface Question {
  id: number
  method: string
  params?: { path?: string; input?: unknown }
}

/** Asked for before the page makes its line: reload after it. @returns what the page asked of these procedures, in order */
export async function feign(page: Page, answers: Record<string, unknown>): Promise<{ path: string; input: unknown }[]> {
  const asked: { path: string; input: unknown }[] = []
  await page.routeWebSocket(/\/rpc/, (line) => {
    const server = line.connectToServer()
    line.onMessage((message) => {
      const words = String(message)
      // Signs of life are bare words; questions of one moment come together.
      if (!/^[[{]/.test(words)) return server.send(message)
      for (const question of [JSON.parse(words) as Question | Question[]].flat()) {
        const path = question.params?.path ?? ''
        if (!(path in answers)) server.send(JSON.stringify(question))
        else {
          asked.push({ path, input: question.params?.input })
          line.send(JSON.stringify({ id: question.id, result: { type: 'data', data: answers[path] } }))
        }
      }
    })
  })
  return asked
}
