// Which options of `npm start` are ours and which go to the station.
import { describe, expect, test } from 'vitest'
import { readOptions } from './options.mjs'

const here = '/home/officer'

test('everything but --browser goes through; paths are meant from where the person stood', () => {
  const args = ['--browser', '--port', '0', '--data', 'duty', '--pack', '/packs/a.zip', '--no-sample', '--lang', 'en', '--password-file', '../secret']
  expect(readOptions(args, here)).toEqual({
    isBrowser: true,
    isHeadless: false,
    shellArgs: [],
    stationArgs: [
      '--port',
      '0',
      '--data',
      '/home/officer/duty',
      '--pack',
      '/packs/a.zip',
      '--no-sample',
      '--lang',
      'en',
      '--password-file',
      '/home/secret',
    ],
  })
})
test("the windows' options are the shell's", () => {
  expect(readOptions(['--kiosk', '--displays', '1,3', '--port', '0'], here)).toMatchObject({
    shellArgs: ['--kiosk', '--displays', '1,3'],
    stationArgs: ['--port', '0'],
  })
})
test('headless is for the station too', () => {
  expect(readOptions(['--headless'], here)).toMatchObject({ isHeadless: true, stationArgs: ['--headless'] })
})
describe('refused in words', () => {
  test.each([
    [['--port', '70000'], /--port 70000/],
    [['--port', 'x'], /--port x/],
    [['--lang', 'fr'], /--lang fr/],
    [['--prot', '1'], /--prot/],
    [['stray'], /stray/],
  ])('%j', (args, words) => {
    expect(() => readOptions(args, here)).toThrow(words)
  })
})
