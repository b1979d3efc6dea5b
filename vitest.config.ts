// Unit tests: beside the code they test, on real SQLite; two processes, because the machines of the project have two cores. Three are quicker
// alone (229 s for 306 s), and slower beside types and lint (the step 403 s for 325 s).
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  cacheDir: '.cache/vitest',
  test: {
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A machine under load answers late; what never comes still fails.
    expect: { poll: { timeout: 30_000 } },
    env: { UV_THREADPOOL_SIZE: '12' },
    // What a test stubs ends with it, so that files may share a process.
    unstubEnvs: true,
    projects: [
      // The station's modules hold no state of their own (everything is constructed in app.ts): loaded once a process instead of once a file, a third of the time.
      { extends: true, test: { name: 'native', include: ['native/**/*.test.ts'], isolate: false } },
      // Here modules are replaced by others, so each file has its own.
      { extends: true, test: { name: 'page', include: ['{renderer,electron,build}/**/*.test.ts'] } },
    ],
  },
})
