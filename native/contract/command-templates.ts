// A device described by a file (命令模板): which bytes each act is, what it answers. Any splicer or 中控 without code.
import { z } from 'zod'
import { type DisplayOutcome, displayFacts } from './display-devices.ts'
import { text } from './scalars.ts'

export const templateLimitBytes = 65_536

/** What of a `DisplayAct` a command performs; `power-on` and `power-off` are two commands. */
export const templateActs = ['power-on', 'power-off', 'input', 'preset', 'brightness', 'blank-on', 'blank-off', 'freeze-on', 'freeze-off'] as const

/**
 * What is awaited of a reply: pieces in order, `*` between them for anything, `?` for one character (in hexadecimal: half a byte), `{value}` for what
 * is read out (letters, digits, `. _ -`). No regular expressions: a file from elsewhere must not be able to hold the station up.
 */
const Pattern = text(200)

const Value = z.strictObject({
  min: z.int().min(-1_000_000).max(1_000_000).optional(),
  max: z.int().min(-1_000_000).max(1_000_000).optional(),
  /** Added before it is sent: −1 where the device counts from 0. */
  add: z.int().min(-10_000).max(10_000).default(0),
  /** The device's code for each word. */
  map: z.record(text(40), z.union([z.int(), text(40)])).optional(),
})

const Send = {
  /** Placeholders: `{preset}`, `{preset:03}` digits, `{preset:x2}` hexadecimal, `{preset:u8}` `u16be` `u16le` `bcd` bytes; sums over what stands before, from a byte on: `{sum8}` `{sum8@1}` `{neg8}` `{xor8}` `{crc16modbus}` `{crc16ccitt}`, `:x2` for digits. */
  send: text(2_000),
  expect: Pattern.optional(),
  /** Left out = the template's own. */
  timeoutMs: z.int().min(50).max(60_000).optional(),
  /** HTTP only: `send` is then the body. */
  method: z.enum(['GET', 'PUT', 'POST']).default('GET'),
  path: text(500)
    .refine((path) => path.startsWith('/') && !/\s/.test(path), { error: 'path' })
    .optional(),
}

export const CommandTemplate = z.strictObject({
  name: text(80).refine((name) => name.trim() !== ''),
  vendor: text(80).default(''),
  note: text(500).default(''),
  transport: z.enum(['tcp', 'udp', 'http', 'serial']),
  port: z.int().min(1).max(65_535).nullable().default(null),
  encoding: z.enum(['ascii', 'hex']).default('ascii'),
  /** Added after each `send`; ASCII only. */
  end: text(8).default(''),
  /** Ends a reply; '' = what came before a silence. ASCII only. */
  replyEnd: text(8).default(''),
  contentType: text(80).default('application/json'),
  timeoutMs: z.int().min(50).max(60_000).default(2_000),
  /** After the first try; only what `mayRepeat`. */
  retries: z.int().min(0).max(5).default(1),
  /** Rest after each command. */
  gapMs: z.int().min(0).max(10_000).default(0),
  /** A reply that means no, for every command. */
  refuse: Pattern.optional(),
  commands: z
    .record(
      text(60).refine((name) => /^[\w-]+$/.test(name)),
      z.strictObject({
        ...Send,
        label: text(80).default(''),
        act: z.enum(templateActs).optional(),
        values: z.record(text(40), Value).default({}),
        /** False for what counts up or toggles. */
        mayRepeat: z.boolean().default(true),
      }),
    )
    .refine((commands) => Object.keys(commands).length > 0 && Object.keys(commands).length <= 200),
  /** How a fact is asked for; `expect` must hold `{value}`. */
  reads: z
    .partialRecord(
      z.enum(displayFacts),
      z.strictObject({
        ...Send,
        as: z.enum(['text', 'number']).default('text'),
        add: z.int().min(-10_000).max(10_000).default(0),
        map: z.record(text(40), z.union([text(40), z.boolean()])).optional(),
      }),
    )
    .default({}),
})
export type CommandTemplate = z.infer<typeof CommandTemplate>
export type TemplateCommand = CommandTemplate['commands'][string]

/** What a dry run (试运行) shows: nothing is sent. */
export interface DryRun {
  /** Upper-case hexadecimal, a space between bytes. */
  hex: string
  /** The same as text, what cannot be shown as `·`. */
  shown: string
  bytes: number
  /** HTTP: the line that would be asked; null otherwise. */
  request: string | null
}

/** What a trial (试发) came to: it was sent. */
export interface TemplateTrial {
  sent: DryRun
  outcome: DisplayOutcome
}
