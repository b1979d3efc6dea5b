// The shell's command line among Chromium's switches.
import { expect, test } from 'vitest'
import { readShellOptions } from './options.ts'

test('takes its own, passes the station its own, ignores the rest', () => {
  const argv = ['electron', '--no-sandbox', '/app', '--kiosk', '--displays', '1,3', '--data', '/var/wl', '--port', '0', '--no-sample', '--inspect=0']
  expect(readShellOptions(argv)).toEqual({
    isKiosk: true,
    displays: [1, 3],
    data: '/var/wl',
    station: null,
    stationArgs: ['--data', '/var/wl', '--port', '0', '--no-sample'],
  })
})
test('without options: one window on the primary display, the station as it likes', () => {
  expect(readShellOptions(['wanglou'])).toEqual({ isKiosk: false, displays: 'primary', data: null, station: null, stationArgs: [] })
})
test.each(['0', 'left', '1,x', ''])('--displays %j is refused in words', (value) => {
  expect(() => readShellOptions(['wanglou', `--displays=${value}`])).toThrow(/--displays/)
})
test('a running station of this machine is shown; one of another machine is refused', () => {
  expect(readShellOptions(['wanglou', '--station', 'http://127.0.0.1:4711/?token=a']).station).toBe('http://127.0.0.1:4711/?token=a')
  expect(() => readShellOptions(['wanglou', '--station', 'http://10.0.0.1:4711/'])).toThrow(/--station/)
})
