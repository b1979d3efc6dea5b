// Builds the bare pages of the globe's benches as the page itself is built, and serves them from this machine.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, resolve, sep } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { build } from 'vite'
import { cesiumAssets } from '../../vite/cesium-assets.ts'

const root = resolve(import.meta.dirname, '../../..')
const outDir = join(root, '.cache/bench-globe')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
}

export async function buildPages(): Promise<void> {
  await build({
    root: join(root, 'renderer/globe/bench'),
    configFile: false,
    logLevel: 'error',
    cacheDir: join(root, '.cache/vite-bench'),
    plugins: [cesiumAssets()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 9000,
      rolldownOptions: {
        input: ['bare', 'app', 'entities'].map((name) => join(root, `renderer/globe/bench/${name}.html`)),
        output: { codeSplitting: { groups: [{ name: 'cesium', test: /node_modules[\\/](@?cesium|@zip\.js|@spz-loader|draco3d|meshoptimizer)/ }] } },
      },
    },
  })
}

export interface PageServer {
  url: string
  close(): Promise<void>
}

/** Serves the pages on the loopback. @param policy Content-Security-Policy to serve them under */
export async function servePages(policy: string | null = null): Promise<PageServer> {
  const folder = outDir
  const server = createServer((request, response) => {
    const path = normalize(join(folder, decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname)))
    if (!path.startsWith(folder + sep)) {
      response.writeHead(404).end()
      return
    }
    readFile(path).then(
      (body) => {
        const type = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }
        response.writeHead(200, policy === null ? type : { ...type, 'Content-Security-Policy': policy }).end(body)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => server.close(() => done())),
  }
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.WANGLOU_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
