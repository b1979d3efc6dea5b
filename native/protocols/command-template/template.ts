// A template file read and checked, and an act turned into one of its commands. Pure.
import {
  type CommandChoice,
  CommandTemplate,
  type DisplayAct,
  type DisplayActKind,
  DisplayError,
  type TemplateCommand,
  templateLimitBytes,
  WanglouError,
} from '../../contract/index.ts'
import { readYaml } from './yaml.ts'
import { placeholdersOf, renderSend } from './render.ts'

/** @throws WanglouError DEVICE_TEMPLATE_INVALID with the line or the member · TOO_LARGE */
export function readTemplate(source: string): CommandTemplate {
  if (Buffer.byteLength(source) > templateLimitBytes) throw new WanglouError('TOO_LARGE', { limitBytes: templateLimitBytes })
  const parsed = CommandTemplate.safeParse(readYaml(source))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new WanglouError('DEVICE_TEMPLATE_INVALID', { reason: issue?.message ?? '', field: issue?.path.join('.') ?? '' })
  }
  const template = parsed.data
  for (const [name, command] of Object.entries(template.commands)) mustRender(template, command, name)
  for (const [name, read] of Object.entries(template.reads)) {
    if (read.expect?.includes('{value}') !== true)
      throw new WanglouError('DEVICE_TEMPLATE_INVALID', { reason: '{value}', field: `reads.${name}.expect` })
    mustRender(template, { ...read, values: {}, label: '', mayRepeat: true }, `reads.${name}`)
  }
  return template
}

/** Every placeholder is known and every byte can be written: found when the file is read, not when the wall is switched. */
function mustRender(template: CommandTemplate, command: TemplateCommand, name: string): void {
  if ((template.transport === 'http') !== (command.path !== undefined))
    throw new WanglouError('DEVICE_TEMPLATE_INVALID', { reason: 'path', field: name })
  const isRead = name.startsWith('reads.')
  const given: Record<string, string | number> = isRead
    ? { screen: 1, window: 1 }
    : command.act === undefined
      ? {}
      : { preset: 1, screen: 1, input: '1', window: 1, percent: 1 }
  const declared = Object.fromEntries(
    Object.entries(command.values).map(([value, { min, map }]) => [value, map === undefined ? (min ?? 1) : (Object.keys(map)[0] ?? '')]),
  )
  try {
    renderSend(template, command, { ...given, ...declared })
  } catch (error) {
    if (!(error instanceof DisplayError)) throw error
    throw new WanglouError('DEVICE_TEMPLATE_INVALID', { reason: error.fault.evidence, field: name })
  }
}

export function templateCapabilities(template: CommandTemplate): DisplayActKind[] {
  const acts = Object.values(template.commands).flatMap(({ act }) => (act === undefined ? [] : [act.replace(/-(on|off)$/, '') as DisplayActKind]))
  return [...new Set<DisplayActKind>([...acts, 'command'])]
}

export function commandChoices({ commands }: CommandTemplate): CommandChoice[] {
  return Object.entries(commands).map(([name, command]) => ({ name, label: command.label, values: placeholdersOf(command) }))
}

/** @returns the command that does it, with the values for its placeholders @throws DisplayError unsupported */
export function commandOf(template: CommandTemplate, act: DisplayAct): { command: TemplateCommand; values: Record<string, string | number> } {
  const command = findCommand(template, act)
  if (command === null) throw new DisplayError('unsupported', act.kind === 'command' ? act.command : actName(act))
  return { command, values: act.kind === 'command' ? act.values : valuesOf(act) }
}

export function findCommand(template: CommandTemplate, act: DisplayAct): TemplateCommand | null {
  if (act.kind === 'command') return Object.hasOwn(template.commands, act.command) ? (template.commands[act.command] ?? null) : null
  const wanted = actName(act)
  return Object.values(template.commands).find((one) => one.act === wanted) ?? null
}

function actName(act: Exclude<DisplayAct, { kind: 'command' }>): string {
  return 'isOn' in act ? `${act.kind}-${act.isOn ? 'on' : 'off'}` : act.kind
}

function valuesOf(act: Exclude<DisplayAct, { kind: 'command' }>): Record<string, string | number> {
  switch (act.kind) {
    case 'preset':
      return { preset: act.preset, screen: act.screen ?? 1 }
    case 'input':
      return { input: act.input, window: act.window ?? 1 }
    case 'brightness':
      return { percent: act.percent }
    case 'tiling':
      return { columns: act.columns, rows: act.rows, position: act.position }
    default:
      return {}
  }
}
