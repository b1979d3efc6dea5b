// Turning, presets, records, platforms and ONVIF cameras as the page calls them; what a camera refuses is told with its fault.
import {
  CameraIdInput,
  CameraPlatformDeviceInput,
  CameraPlatformInput,
  CameraPlatformSaveInput,
  CameraPointInput,
  CameraPresetInput,
  CameraPresetSaveInput,
  CameraRecordsInput,
  CameraTurnInput,
  OnvifProfilesInput,
  PlatformAdoptInput,
  PlaybackActInput,
} from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import { OnvifDevice } from '../../protocols/onvif/device.ts'
import { discoverOnvif } from '../../protocols/onvif/discovery.ts'
import type { Cameras } from './cameras.feature.ts'
import { told } from './told.ts'

const discoveryMs = 3_000
const answerMs = 5_000

export function cameraControlRouter(cameras: Cameras) {
  const { control, platforms, turning } = cameras
  const { trust } = cameras.certificates
  return router({
    turn: procedure('cameras.turn')
      .input(CameraTurnInput)
      .mutation(({ input: { id, ...turn } }) => told(() => turning.turn(id, turn))),
    halt: procedure('cameras.turn')
      .input(CameraIdInput)
      .mutation(({ input }) => told(() => turning.stop(input.id))),
    pointAt: procedure('cameras.turn')
      .input(CameraPointInput)
      .mutation(({ input }) => told(() => control.pointAt(input.id, input.position))),
    presets: procedure('cameras.read')
      .input(CameraIdInput)
      .query(({ input }) => told(() => control.presets(input.id))),
    goToPreset: procedure('cameras.turn')
      .input(CameraPresetInput)
      .mutation(({ input: { id, preset } }) => told(() => control.preset(id, { act: 'call', preset }))),
    keepPreset: procedure('cameras.turn')
      .input(CameraPresetSaveInput)
      .mutation(({ input: { id, ...preset } }) => told(() => control.keepPreset(id, preset))),
    removePreset: procedure('cameras.turn')
      .input(CameraPresetInput)
      .mutation(({ input: { id, preset } }) => told(() => control.preset(id, { act: 'delete', preset }))),
    records: procedure('cameras.read')
      .input(CameraRecordsInput)
      .query(({ input: { id, ...span } }) => told(() => control.records(id, span))),
    playback: procedure('cameras.read')
      .input(CameraRecordsInput)
      .query(({ input: { id, ...span } }) => cameras.playback(id, span)),
    actOnPlayback: procedure('cameras.read')
      .input(PlaybackActInput)
      .mutation(({ input: { id, ...act } }) => told(() => cameras.actOnPlayback(id, act))),
    platforms: procedure('cameras.write').query(() => platforms.list()),
    savePlatform: procedure('cameras.write')
      .input(CameraPlatformSaveInput)
      .mutation(({ input, ctx }) => platforms.save(input, ctx.actor.account)),
    removePlatform: procedure('cameras.write')
      .input(CameraPlatformInput)
      .mutation(({ input, ctx }) => platforms.remove(input.id, ctx.actor.account)),
    platformDevices: procedure('cameras.write')
      .input(CameraPlatformInput)
      .query(({ input }) => told(() => platforms.devices(input.id))),
    platformChannels: procedure('cameras.write')
      .input(CameraPlatformDeviceInput)
      .query(({ input }) => told(() => platforms.channels(input.id, input.device))),
    adopt: procedure('cameras.write')
      .input(PlatformAdoptInput)
      .mutation(({ input, ctx }) => told(() => platforms.adopt(input, ctx.actor.account))),
    discoverOnvif: procedure('cameras.write').mutation(() => discoverOnvif({ waitMs: discoveryMs })),
    onvifProfiles: procedure('cameras.write')
      .input(OnvifProfilesInput)
      .mutation(({ input }) =>
        told(() => new OnvifDevice({ address: input.address, credentials: input.login, trust, timeoutMs: answerMs }).profiles()),
      ),
  })
}
