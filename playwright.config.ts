// End-to-end tests: what the operator sees. `chromium` always; `electron` runs the same specs where Electron's binary is installed.
import { defineConfig } from '@playwright/test'
import { findChromium } from './build/programs.mjs'

const executablePath = findChromium() ?? undefined

export default defineConfig({
  testDir: 'renderer/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.cache/e2e/results',
  // One at a time: each test runs a station and draws a globe in software on two cores.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/e2e/report.json' }]],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1920, height: 1080 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [{ name: 'chromium' }, { name: 'electron' }],
})
