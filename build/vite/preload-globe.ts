// Names the globe's code in the page's head: the first script asks for it (renderer/globe/start.ts), and it is by far the largest.
// The page's own code is left to come after it: compiling both at once on two cores would hold back the first picture.
import type { Plugin } from 'vite'

const first = /renderer\/globe\/cesium-globe\.ts$/

export function preloadGlobe(): Plugin {
  return {
    name: 'wanglou:preload-globe',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk')
        const globe = chunks.find((chunk) => chunk.moduleIds.some((module) => first.test(module)))
        const files = globe === undefined ? [] : [globe.fileName, ...globe.imports]
        return files
          .filter((file) => !html.includes(`/${file}"`))
          .map((file) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: '', href: `/${file}` }, injectTo: 'head' as const }))
      },
    },
  }
}
