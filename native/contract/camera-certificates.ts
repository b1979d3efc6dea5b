// Certificates of cameras and video platforms that a person trusts by their fingerprint, each for one host and port: most devices of the field sign their own.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { EpochMs, Id, text } from './scalars.ts'
import type { StreamFault } from './stream-faults.ts'

export const cameraCertificateDatasets = defineDatasets({
  cameraCertificates: {
    scope: 'centre',
    columns: {
      host: { type: 'text' },
      port: { type: 'integer' },
      /** SHA-256 of the certificate itself, not of who signed it: `AB:CD:…`. */
      fingerprint: { type: 'text' },
      subject: { type: 'text' },
      issuer: { type: 'text' },
      validUntil: { type: 'at' },
      /** The camera or platform at which it was trusted: its stream may come from another host than its address names. null = one that was not kept yet. */
      device: { type: 'id' },
      trustedAt: { type: 'at' },
      trustedByName: { type: 'text' },
    },
  },
})

/** What the other end of a TLS connection showed: also the params of the faults `certificate` and `certificate-changed`. */
export const PresentedCertificate = z.object({
  /** In small letters, an IPv6 address without brackets. */
  host: text(253),
  port: z.int().min(1).max(65_535),
  /** SHA-256, 32 bytes in hexadecimal. */
  fingerprint: z.string().regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/),
  /** Whom it names and who signed it, in one line; '' = nobody. */
  subject: text(120),
  issuer: text(120),
  validFrom: EpochMs,
  validUntil: EpochMs,
})
export type PresentedCertificate = z.infer<typeof PresentedCertificate>

/** @returns null = the fault is another */
export function presentedIn({ code, params }: StreamFault): PresentedCertificate | null {
  return code === 'certificate' || code === 'certificate-changed' ? (PresentedCertificate.safeParse(params).data ?? null) : null
}

/** Why it is not trusted; anything else is OpenSSL's own word. */
export const certificateReasons = ['self-signed', 'unknown-issuer', 'wrong-name', 'expired', 'not-yet'] as const

export interface TrustedCertificate extends Omit<PresentedCertificate, 'validFrom'> {
  id: Id
  trustedAt: EpochMs
  trustedByName: string
}

const device = Id.nullable()
/** Those that a camera or platform with these addresses meets. */
export const CertificateListInput = z.object({ device, addresses: z.array(text(1_000)).max(2) })
export const CertificateLookInput = z.object({
  address: text(1_000).refine((value) => /^(https|rtsps|wss):\/\/[^\s/]+/i.test(value), { error: 'address' }),
})
export const CertificateTrustInput = z.object({ device, certificate: PresentedCertificate })
export const CertificateInput = z.object({ id: Id })
