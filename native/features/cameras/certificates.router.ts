// Certificates that are trusted by their fingerprint, as the page calls them.
import { CertificateInput, CertificateListInput, CertificateLookInput, CertificateTrustInput } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Cameras } from './cameras.feature.ts'

export function cameraCertificatesRouter({ certificates }: Cameras) {
  return router({
    list: procedure('cameras.write')
      .input(CertificateListInput)
      .query(({ input }) => certificates.list(input)),
    look: procedure('cameras.write')
      .input(CertificateLookInput)
      .mutation(({ input }) => certificates.look(input.address)),
    trust: procedure('cameras.write')
      .input(CertificateTrustInput)
      .mutation(({ input, ctx }) => certificates.give(input, ctx.actor)),
    takeBack: procedure('cameras.write')
      .input(CertificateInput)
      .mutation(({ input, ctx }) => certificates.takeBack(input.id, ctx.actor.account)),
  })
}
