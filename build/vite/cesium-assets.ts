// Gives the page Cesium's own files (workers, imagery, shaders' helpers) under /cesium/, in development and in the build.
import { createReadStream } from 'node:fs'
import { cp, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join, normalize, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'

const folders = ['Assets', 'ThirdParty', 'Widgets', 'Workers']
const contentTypes: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
}

/** Where cesium's built files lie in node_modules. */
export function cesiumBuildFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('cesium/package.json')), 'Build', 'Cesium')
}

/** Copies the four folders beside the built page; serves them as they are from the development server. */
export function cesiumAssets(): Plugin {
  const source = cesiumBuildFolder()
  let outDir = ''
  let isBuild = false
  return {
    name: 'wanglou:cesium-assets',
    config: () => ({ define: { CESIUM_BASE_URL: '"/cesium/"' } }),
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
      isBuild = config.command === 'build'
    },
    async closeBundle() {
      if (!isBuild) return
      for (const folder of folders) await cp(join(source, folder), join(outDir, 'cesium', folder), { recursive: true })
    },
    configureServer(server) {
      server.middlewares.use('/cesium/', (request, response, next) => {
        const path = normalize(join(source, decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname)))
        if (!folders.some((folder) => path.startsWith(join(source, folder) + sep))) return next()
        stat(path)
          .then((info) => {
            if (!info.isFile()) return next()
            response.setHeader('Content-Type', contentTypes[extname(path)] ?? 'application/octet-stream')
            createReadStream(path).pipe(response)
          })
          .catch(() => next())
      })
    },
  }
}
