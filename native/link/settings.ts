// How this station is linked: the folder `link/` of its data directory, as `npm run nats` writes it for each station. Without it the station is by itself.
import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { LinkUnit } from '../contract/index.ts'

const Address = z.strictObject({
  /** `nats://host:port` or `tls://host:port`, several for a cluster. */
  servers: z.array(z.string().min(1)).min(1),
  user: z.string().optional(),
  /** A file of mode 0600 that holds the password and nothing else; relative to the folder. */
  passwordFile: z.string().optional(),
  inboxPrefix: z.string().optional(),
  /** Files of the authority, our certificate and its key, PEM; relative to the folder. */
  tls: z.strictObject({ ca: z.string(), certificate: z.string(), key: z.string() }).optional(),
})
export type Address = z.infer<typeof Address>

export const LinkSettings = z
  .strictObject({
    /** Our centre, as it stands in scopes. */
    unit: LinkUnit,
    /** What people call this console: 值班台 2, 机房主机. */
    name: z.string().max(40).default(''),
    /** Carries the centre's entries up and down and keeps its streams; default: whoever has centres above or below, or the server's user `host`. */
    isHost: z.boolean().optional(),
    /** Our own centre's server. */
    centre: Address,
    /** The line to the centre above and the JetStream domain of its server. */
    above: Address.extend({ unit: LinkUnit, domain: z.string() }).optional(),
    /** Centres below that send to us. */
    below: z.array(LinkUnit).default([]),
    /** Bytes a second to the centre above; null = no limit. A satellite line of 9.6 kbit/s has 1 200. */
    budgetBytesPerS: z.int().min(50).nullable().default(null),
  })
  .transform((settings) => ({
    ...settings,
    isHost: settings.isHost ?? (settings.above !== undefined || settings.below.length > 0 || settings.centre.user === 'host'),
  }))
export type LinkSettings = z.infer<typeof LinkSettings>

export const linkFolder = 'link'

/** @returns null when the station is by itself @throws Error (ZodError, SyntaxError) when the file is not as it must be */
export async function readLinkSettings(directory: string): Promise<LinkSettings | null> {
  const folder = join(directory, linkFolder)
  const text = await readFile(join(folder, 'link.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const settings = LinkSettings.parse(JSON.parse(text))
  return {
    ...settings,
    centre: inFolder(settings.centre, folder),
    ...(settings.above === undefined
      ? {}
      : { above: { ...inFolder(settings.above, folder), unit: settings.above.unit, domain: settings.above.domain } }),
  }
}

/** A file that is not as it must be keeps nobody from working: the station is then by itself and says why. */
export async function tryLinkSettings(directory: string): Promise<{ settings: LinkSettings | null; trouble: string | null }> {
  try {
    return { settings: await readLinkSettings(directory), trouble: null }
  } catch (error) {
    return { settings: null, trouble: error instanceof z.ZodError ? z.prettifyError(error).slice(0, 300) : (error as Error).message }
  }
}

function inFolder(address: Address, folder: string): Address {
  const at = (path: string) => (isAbsolute(path) ? path : join(folder, path))
  const { passwordFile, tls } = address
  return {
    servers: address.servers,
    ...(address.user === undefined ? {} : { user: address.user }),
    ...(address.inboxPrefix === undefined ? {} : { inboxPrefix: address.inboxPrefix }),
    ...(passwordFile === undefined ? {} : { passwordFile: at(passwordFile) }),
    ...(tls === undefined ? {} : { tls: { ca: at(tls.ca), certificate: at(tls.certificate), key: at(tls.key) } }),
  }
}
