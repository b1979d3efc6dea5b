// Unit tests: beside the code they test, on real SQLite; two processes, because the machines of the project have two cores.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  cacheDir: '.cache/vitest',
  test: {
    include: ['{native,renderer,electron,build}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A machine under load answers late; what never comes still fails.
    expect: { poll: { timeout: 30_000 } },
    env: { UV_THREADPOOL_SIZE: '12' },
  },
})
