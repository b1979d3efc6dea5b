// The shell's command line among Chromium's switches.
import { expect, test } from 'vitest'
import { readShellOptions } from './options.ts'

test('takes its own, passes the station its own, ignores the rest', () => {
  const argv = ['electron', '--no-sandbox', '/app', '--kiosk', '--displays', '1,3', '--data', '/var/wl', '--port', '0', '--no-sample', '--inspect=0']
  expect(readShellOptions(argv)).toEqual({
    isKiosk: true,
    displays: [1, 3],
    data: '/var/wl',
    stationArgs: ['--data', '/var/wl', '--port', '0', '--no-sample'],
  })
})
test('without options: one window on the primary display, the station as it likes', () => {
  expect(readShellOptions(['wanglou'])).toEqual({ isKiosk: false, displays: 'primary', data: null, stationArgs: [] })
})
test.each(['0', 'left', '1,x', ''])('--displays %j is refused in words', (value) => {
  expect(() => readShellOptions(['wanglou', `--displays=${value}`])).toThrow(/--displays/)
})
