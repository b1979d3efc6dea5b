// The fourteen moves in the words of each protocol: ONVIF, and a GB/T 28181 platform.
import { type CameraMove, StreamError } from '../../contract/index.ts'
import type { OnvifDevice } from '../../protocols/onvif/device.ts'
import type { WvpChannelPath, WvpMove, WvpPlatform } from '../../protocols/wvp/platform.ts'
import type { Turner } from './turning.ts'

const directions: Partial<Record<CameraMove, [x: number, y: number, zoom: number]>> = {
  up: [0, 1, 0],
  down: [0, -1, 0],
  left: [-1, 0, 0],
  right: [1, 0, 0],
  upLeft: [-1, 1, 0],
  upRight: [1, 1, 0],
  downLeft: [-1, -1, 0],
  downRight: [1, -1, 0],
  zoomIn: [0, 0, 1],
  zoomOut: [0, 0, -1],
}
const onvifRenewMs = 2_000

export function onvifTurner(device: OnvifDevice, profile: string): Turner {
  const source = async () => {
    const found = (await device.profiles()).find(({ token }) => token === profile)?.videoSource
    if (!found) throw new StreamError('no-such-stream')
    return found
  }
  return {
    renewMs: onvifRenewMs,
    async move(move, speed) {
      const direction = directions[move]
      if (direction !== undefined) {
        const [x, y, zoom] = direction.map((one) => one * speed) as [number, number, number]
        return device.move(profile, { x, y, zoom })
      }
      if (move === 'focusNear' || move === 'focusFar') return device.focus(await source(), move === 'focusNear' ? -speed : speed)
      // ONVIF has no iris that runs while a key is held.
      throw new StreamError('not-offered')
    },
    async stop(move) {
      if (directions[move] !== undefined) return device.stop(profile)
      if (move === 'focusNear' || move === 'focusFar') return device.focus(await source(), 0)
    },
  }
}

const wvpWords: Partial<Record<CameraMove, WvpMove>> = {
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  upLeft: 'upleft',
  upRight: 'upright',
  downLeft: 'downleft',
  downRight: 'downright',
  zoomIn: 'zoomin',
  zoomOut: 'zoomout',
}

export function wvpTurner(platform: WvpPlatform, path: WvpChannelPath): Turner {
  return {
    renewMs: null,
    move(move, speed) {
      const command = wvpWords[move]
      if (command !== undefined) return platform.move(path, { command, speed })
      if (move === 'focusNear' || move === 'focusFar') return platform.focus(path, { command: move === 'focusNear' ? 'near' : 'far', speed })
      return platform.iris(path, { command: move === 'irisOpen' ? 'in' : 'out', speed })
    },
    stop(move) {
      if (wvpWords[move] !== undefined) return platform.move(path, { command: 'stop', speed: 0 })
      if (move === 'focusNear' || move === 'focusFar') return platform.focus(path, { command: 'stop', speed: 0 })
      return platform.iris(path, { command: 'stop', speed: 0 })
    },
  }
}
