// Gives the page what a PDF may need beside itself (Chinese character maps, the fourteen standard fonts, picture decoders) under /pdf/.
import { cp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'

const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs']

export function pdfAssets(): Plugin {
  const source = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  let outDir = ''
  return {
    name: 'wanglou:pdf-assets',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      for (const folder of folders) await cp(join(source, folder), join(outDir, 'pdf', folder), { recursive: true })
    },
  }
}
