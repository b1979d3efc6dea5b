// The bare thing: the same pictures of the same pages as dead markup, swapped at a moment that one plain WebSocket tells all of them.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { WebSocketServer } from 'ws'

/** What one page shows of each scene, as markup. */
export interface DeadPage {
  styles: string
  stage: string
  layers: string[]
}

export interface StaticWall {
  /** Tells all pages to show that layer at that moment. @returns when each had painted it, epoch ms */
  show(layer: number, at: number): Promise<number[]>
  close(): Promise<void>
}

/** Takes down what a screen shows now, its pictures as data. */
export async function markupOf(page: Page): Promise<{ styles: string; stage: string; layer: string }> {
  return page.evaluate(async () => {
    const layer = document.querySelector<HTMLElement>('.layer:not(.unseen)')!
    const copy = layer.cloneNode(true) as HTMLElement
    for (const image of copy.querySelectorAll('img')) {
      const file = await (await fetch(image.src)).blob()
      image.src = await new Promise<string>((resolve) => {
        const reader = new FileReader()
        reader.onload = () => resolve(reader.result as string)
        reader.readAsDataURL(file)
      })
    }
    const styles = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText)).join('\n')
    return { styles, stage: document.querySelector<HTMLElement>('.stage')!.style.cssText, layer: copy.outerHTML }
  })
}

const script = `
const layers = [...document.querySelectorAll('.layer')]
const socket = new WebSocket(location.origin.replace('http', 'ws'))
socket.onmessage = ({ data }) => {
  const { layer, at } = JSON.parse(data)
  setTimeout(() => {
    layers.forEach((one, index) => one.classList.toggle('unseen', index !== layer))
    requestAnimationFrame(() => requestAnimationFrame(() => socket.send(String(Date.now()))))
  }, Math.max(0, at - Date.now()))
}`

/** Serves the markup on the loopback and puts each page on its own. */
export async function openStatic(pages: readonly Page[], dead: readonly DeadPage[]): Promise<StaticWall> {
  const server = createServer((request, response) => {
    const page = dead[Number(new URL(request.url ?? '/', 'http://page').searchParams.get('page'))]
    if (page === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end(
      `<!doctype html><html lang="zh-CN"><style>${page.styles}</style><body><main class="screen"><div class="stage" style="${page.stage}">${page.layers.join('')}</div></main><script>${script}</script></body></html>`,
    )
  })
  const sockets = new WebSocketServer({ server })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await Promise.all(pages.map((page, index) => page.goto(`http://127.0.0.1:${port}/?page=${index}`, { timeout: 120_000 })))
  return {
    show(layer, at) {
      const { promise, resolve } = Promise.withResolvers<number[]>()
      const painted: number[] = []
      for (const socket of sockets.clients) {
        socket.once('message', (said: Buffer) => {
          painted.push(Number(String(said)))
          if (painted.length === pages.length) resolve(painted)
        })
        socket.send(JSON.stringify({ layer, at }))
      }
      return promise
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}
