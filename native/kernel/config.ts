// What belongs to this machine and to nobody else: `config.json` in the data directory, and where that directory is.
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const MachineConfig = z.strictObject({
  /** TCP port on loopback; 0 = any free one. `--port` wins. */
  port: z.int().min(0).max(65_535).default(0),
  /** The centre's unit in the scopes of the journal; set once, before the first entry. */
  unit: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .default('local'),
  /** Minutes without a key or pointer until the screen locks. */
  idleLockMinutes: z.number().positive().max(240).default(15),
  /** Minutes for which five failures close an account. */
  lockoutMinutes: z.number().positive().max(1_440).default(30),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Bytes of free disk below which the health page warns. */
  lowDiskBytes: z.int().min(0).default(2_000_000_000),
  /** Programs beside us, where they are not found by themselves: full paths. */
  programs: z.strictObject({ sfuWorker: z.string().nullable().default(null), ffmpeg: z.string().nullable().default(null) }).prefault({}),
  /** Conferences and cameras: on which addresses and ports of this machine media is taken and given. */
  media: z
    .strictObject({
      /** Loopback serves this machine's page; a host of other consoles adds its address on their network. */
      listen: z
        .array(z.strictObject({ ip: z.string(), announcedAddress: z.string().nullable().default(null) }))
        .min(1)
        .default([{ ip: '127.0.0.1', announcedAddress: null }]),
      /** UDP and TCP, both ends included. */
      ports: z.strictObject({ min: z.int().min(1_024).max(65_535), max: z.int().min(1_024).max(65_535) }).default({ min: 40_000, max: 49_999 }),
      /** Where devices push their streams by RTMP; this machine's network address lets those of the field in. Open only while such a camera is kept. */
      push: z.strictObject({ ip: z.string(), port: z.int().min(0).max(65_535) }).default({ ip: '127.0.0.1', port: 1_935 }),
      /** Where video-analysis programs push their events by HTTP; only this machine's own until its network address stands here. Open only while one has a key. */
      events: z.strictObject({ ip: z.string(), port: z.int().min(0).max(65_535) }).default({ ip: '127.0.0.1', port: 8_093 }),
    })
    .prefault({}),
  wall: z
    .strictObject({
      /** Screens of the wall on other machines: where they open `/wall/…`; null = only this machine's own browsers do. `names`: what else it is called there. */
      listen: z
        .strictObject({ ip: z.string(), port: z.int().min(0).max(65_535), names: z.array(z.string().regex(/^[\w.-]+$/)).default([]) })
        .nullable()
        .default(null),
      /** Where PJLink devices tell this machine by UDP how they stand; open only while such a device is kept, heard only from its address; null = nowhere. */
      notices: z
        .strictObject({ ip: z.ipv4(), port: z.int().min(0).max(65_535) })
        .nullable()
        .default({ ip: '0.0.0.0', port: 4_352 }),
      /** Where displays are woken and projectors looked for; displays on a network of their own need its broadcast address (`192.168.5.255`). */
      broadcast: z.strictObject({ ip: z.ipv4(), wakePort: z.int().min(1).max(65_535) }).default({ ip: '255.255.255.255', wakePort: 9 }),
    })
    .prefault({}),
  /** Conferences between machines: who may hold a room for others, and how hosts find each other. */
  hosting: z
    .strictObject({
      /** The lowest number is asked first. */
      priority: z.int().min(1).max(999).default(100),
      /** Where other stations call this one; null = it holds rooms for its own page only. `announcedAddress`: what they are told instead. */
      listen: z
        .strictObject({ ip: z.string(), port: z.int().min(0).max(65_535), announcedAddress: z.string().nullable().default(null) })
        .nullable()
        .default(null),
      /** Told and heard on the local network by UDP multicast; `ip`: this machine's address there. */
      announce: z
        .strictObject({ group: z.ipv4().default('239.255.77.76'), port: z.int().min(1_024).max(65_535).default(46_076), ip: z.ipv4() })
        .nullable()
        .default(null),
      /** Hosts that are found in no other way: `address:port`. */
      hosts: z.array(z.string().regex(/^[^\s/]+:\d{1,5}$/)).default([]),
      /** A host that is silent for so long is lost, and its rooms go on elsewhere. */
      lostMs: z.int().min(300).max(60_000).default(3_000),
    })
    .prefault({}),
})
export type MachineConfig = z.infer<typeof MachineConfig>

/** The file is there but cannot be used; `problem` names the field. */
export class ConfigError extends Error {
  readonly problem: string
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`)
    this.name = 'ConfigError'
    this.problem = problem
  }
}

/** @returns the defaults where there is no file. @throws ConfigError */
export async function readConfig(directory: string): Promise<MachineConfig> {
  const path = join(directory, 'config.json')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ConfigError(path, error instanceof Error ? error.message : String(error))
  }
  const config = MachineConfig.safeParse(value)
  if (!config.success) throw new ConfigError(path, config.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  return config.data
}

/** Where the program lies: the clone, or the folder of the packaged application. */
export const programDirectory = resolve(fileURLToPath(new URL('../../', import.meta.url)))

/** In a clone `.wanglou` beside the sources; packaged, the place the system has for a person's data. */
export function defaultDataDirectory(): string {
  const isClone = import.meta.url.endsWith('.ts')
  if (isClone) return join(programDirectory, '.wanglou')
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Wanglou')
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'wanglou')
}
