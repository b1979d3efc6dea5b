// Builds the page (renderer/) into dist/page, which the station serves under a strict Content-Security-Policy: no inline script, no outside host.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { cesiumAssets } from './build/vite/cesium-assets.ts'
import { pdfAssets } from './build/vite/pdf-assets.ts'
import { preloadGlobe } from './build/vite/preload-globe.ts'

export default defineConfig({
  root: 'renderer',
  base: '/',
  cacheDir: '../.cache/vite',
  plugins: [vue(), cesiumAssets(), pdfAssets(), preloadGlobe()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __INTLIFY_JIT_COMPILATION__: 'true' },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2024',
    // Nothing becomes a data: address, so that the policy can stay narrow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      output: {
        // Modules in one file still run in the order in which they import each other.
        strictExecutionOrder: true,
        codeSplitting: {
          groups: [
            { name: 'cesium', test: /node_modules[\\/](@?cesium|@zip\.js|@spz-loader|draco3d|meshoptimizer)/ },
            { name: 'charts', test: /node_modules[\\/](echarts|zrender|vue-echarts)/ },
            { name: 'components', test: /node_modules[\\/](element-plus|@element-plus|@popperjs|@floating-ui|lodash)/ },
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify|pinia|@vueuse|@tanstack|@trpc)[\\/]/ },
            // The first script stays small: it has the globe drawn before any of the page's own code comes.
            { name: 'first', test: /renderer[\\/]globe[\\/](start|boot|base-ground|render-setting)\.ts$|vite[\\/]preload-helper/, priority: 1 },
            // What two views share comes in one file instead of some two hundred: each asks for it with the first anyway.
            { name: 'shared', test: /[\\/](renderer[\\/](app|ui|features)|native[\\/]contract)[\\/]/, minShareCount: 2 },
          ],
        },
      },
    },
  },
})
