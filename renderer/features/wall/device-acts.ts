// Acts on devices as an operator chooses them, and what devices say in words. Pure.
import type { CommandChoice, DisplayAct, DisplayActKind, DisplayFact } from '../../../native/contract/index.ts'

export const actChoices = [
  'on',
  'off',
  'wake',
  'preset',
  'input',
  'brightness',
  'blank',
  'unblank',
  'freeze',
  'unfreeze',
  'tiling',
  'untiling',
  'command',
] as const
export type ActChoice = (typeof actChoices)[number]

export function choiceOf(act: DisplayAct): ActChoice {
  switch (act.kind) {
    case 'power':
      return act.isOn ? 'on' : 'off'
    case 'blank':
      return act.isOn ? 'blank' : 'unblank'
    case 'freeze':
      return act.isOn ? 'freeze' : 'unfreeze'
    case 'tiling':
      return act.columns === 0 ? 'untiling' : 'tiling'
    case 'wake':
    case 'preset':
    case 'input':
    case 'brightness':
    case 'command':
      return act.kind
    default:
      return act satisfies never
  }
}

/** What a device can do, as choices. */
export function choicesFor(capabilities: readonly DisplayActKind[]): ActChoice[] {
  return actChoices.filter((choice) => capabilities.includes(actOf(choice).kind))
}

/** An act of this kind as it begins; a command with its placeholders open. */
export function actOf(choice: ActChoice, commands: readonly CommandChoice[] = []): DisplayAct {
  switch (choice) {
    case 'on':
    case 'off':
      return { kind: 'power', isOn: choice === 'on' }
    case 'blank':
    case 'unblank':
      return { kind: 'blank', isOn: choice === 'blank' }
    case 'freeze':
    case 'unfreeze':
      return { kind: 'freeze', isOn: choice === 'freeze' }
    case 'wake':
      return { kind: 'wake' }
    case 'preset':
      return { kind: 'preset', preset: 1, screen: null }
    case 'input':
      return { kind: 'input', input: 'HDMI1', window: null }
    case 'brightness':
      return { kind: 'brightness', percent: 80 }
    case 'tiling':
      return { kind: 'tiling', columns: 2, rows: 2, position: 1 }
    case 'untiling':
      return { kind: 'tiling', columns: 0, rows: 0, position: 0 }
    case 'command':
      return commandOf(commands[0] ?? { name: '', label: '', values: [] })
    default:
      return choice satisfies never
  }
}

export function commandOf({ name, values }: CommandChoice): Extract<DisplayAct, { kind: 'command' }> {
  return { kind: 'command', command: name, values: Object.fromEntries(values.map((value) => [value, ''])) }
}

/** A placeholder that is still open. */
export function isFilled(act: DisplayAct): boolean {
  if (act.kind === 'input') return act.input.trim() !== ''
  return act.kind !== 'command' || (act.command !== '' && Object.values(act.values).every((value) => String(value).trim() !== ''))
}

type Translate = (key: string, values?: Record<string, unknown>) => string

/** A device's fact in the page's language; what is the device's own word (an input, a model) stays. */
export function factValueWords({ name, value }: Pick<DisplayFact, 'name' | 'value'>, t: Translate): string {
  if (value === 'mixed') return t('wall.devices.value.mixed')
  if (typeof value === 'boolean') return t(value ? 'wall.devices.value.yes' : 'wall.devices.value.no')
  const words = String(value)
  switch (name) {
    case 'power':
      return ['on', 'off', 'warming', 'cooling'].includes(words) ? t(`wall.devices.value.${words}`) : words
    case 'brightness':
      return `${words}%`
    case 'hours':
      return t('wall.devices.value.hours', { n: words })
    case 'faults':
      return words === '' ? t('wall.devices.value.well') : faultsWords(words, t)
    case 'tiling': {
      const [, columns, rows, position] = /^(\d+)x(\d+) #(\d+)$/.exec(words) ?? []
      if (words === 'off') return t('wall.devices.value.untiled')
      return columns === undefined ? words : t('wall.devices.value.tiled', { columns, rows, position })
    }
    default:
      return words
  }
}

/** `fan error, lamp warning` as drivers say it. */
export function faultsWords(words: string, t: Translate): string {
  return words
    .split(', ')
    .map((fault) => {
      const [, part, level] = /^(fan|lamp|temperature|cover|filter|other) (warning|error)$/.exec(fault) ?? []
      return part === undefined ? fault : `${t(`wall.devices.part.${part}`)}${t(`wall.devices.level.${level}`)}`
    })
    .join(t('wall.devices.and'))
}
