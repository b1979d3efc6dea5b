// End-to-end tests: what the operator sees. `chromium` always; `electron` runs the same specs where Electron's binary is installed.
import { defineConfig } from '@playwright/test'
import { findChromium } from './build/programs.mjs'

const isTraced = process.env.TRACE === '1'
/** The pictures of the README are of a full screen. */
const isPictured = process.env.SCREENS === '1'
const executablePath = findChromium() ?? undefined

/** Chromium draws its own address bar as a page of four hundred modules for every window, seen by nobody here. A later list replaces Playwright's: it is told again. */
const withoutFeatures = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'PreloadTopChromeWebUI'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay'],
  ...['MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'TcpPortRandomizationWin'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
]

export default defineConfig({
  testDir: 'renderer/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.cache/e2e/results',
  globalSetup: './renderer/e2e/global-setup.ts',
  // Three for the two cores of the machines of the project: pages wait for one another, for pictures and for clocks. Each has its own station and browser.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/e2e/report.json' }]],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Two thirds of the pixels of a full screen, each drawn by a processor; what depends on sizes asks for its own.
    viewport: isPictured ? { width: 1920, height: 1080 } : { width: 1600, height: 900 },
    // Each step of a movement is a picture that a processor draws.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 45_000,
    screenshot: 'only-on-failure',
    // Without pictures and copies of the page: those cost more than the tests. `TRACE=1` keeps all of it.
    trace: { mode: 'retain-on-failure', screenshots: isTraced, snapshots: isTraced, sources: false },
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
        `--disable-features=${withoutFeatures.join(',')}`,
        '--no-first-run',
        // Cameras and microphones are Chromium's own test pictures and beeps.
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        // Every other host is out of reach; a request for one is told of by the watch of `fixtures.ts`.
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      ],
    },
  },
  projects: [{ name: 'chromium' }, { name: 'electron' }],
})
