// 预置位 in the words of what keeps them: GB/T 28181 knows numbers, ONVIF names.
import { type CameraPreset, type CameraSourceKind, presetNumbers } from '../../../native/contract/index.ts'

export function isNumbered(kind: CameraSourceKind): boolean {
  return kind === 'gb28181'
}

/** What a new one is called before anybody types: the lowest free number; a name is the officer's to give. */
export function proposedPreset(kind: CameraSourceKind, presets: readonly CameraPreset[]): string {
  if (!isNumbered(kind)) return ''
  for (let number = presetNumbers.first; number <= presetNumbers.last; number += 1)
    if (!presets.some(({ id }) => Number(id) === number)) return String(number)
  return ''
}

/** Whether it can be kept under that. */
export function isPresetName(kind: CameraSourceKind, typed: string): boolean {
  if (!isNumbered(kind)) return typed.trim() !== ''
  return /^\d{1,3}$/.test(typed.trim()) && Number(typed) >= presetNumbers.first && Number(typed) <= presetNumbers.last
}

/** The one that is set anew when this is kept; null = there is none of that number or name. */
export function overwritten(kind: CameraSourceKind, { presets, typed }: { presets: readonly CameraPreset[]; typed: string }): CameraPreset | null {
  const same = isNumbered(kind) ? ({ id }: CameraPreset) => Number(id) === Number(typed) : ({ name }: CameraPreset) => name === typed.trim()
  return presets.find(same) ?? null
}
