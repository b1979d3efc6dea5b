// How this station is linked: part of `config.json`, because it belongs to this machine.
import { z } from 'zod'

const Unit = z.string().regex(/^[\w-]{1,64}$/)

export const LinkSettings = z.strictObject({
  /** The centre's own server: `nats://host:port` or `tls://host:port`, several for a cluster. */
  servers: z.array(z.string().min(1)).min(1),
  user: z.string().optional(),
  /** A file of mode 0600 that holds the password and nothing else. */
  passwordFile: z.string().optional(),
  tls: z.strictObject({ ca: z.string(), certificate: z.string(), key: z.string() }).optional(),
  /** What people call this console. */
  name: z.string().max(40).default(''),
  /** Carries the centre's entries up and down; one station of a centre, usually the headless one in the machine room. */
  isHost: z.boolean().default(false),
  /** JetStream's domain of our own server; needed by a host. */
  domain: z.string().optional(),
  /** The centre above and the JetStream domain of its server. */
  above: z.strictObject({ unit: Unit, domain: z.string() }).nullable().default(null),
  /** Centres below that send to us. */
  below: z.array(Unit).default([]),
  /** Bytes a second to the centre above; null = no limit. A satellite line of 9.6 kbit/s has 1 200. */
  budgetBytesPerS: z.int().min(50).nullable().default(null),
})
export type LinkSettings = z.infer<typeof LinkSettings>
