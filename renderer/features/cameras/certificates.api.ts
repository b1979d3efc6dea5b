// Trusted certificates as the administrator's page asks for them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { type PresentedCertificate, presentedIn, type StreamFault, type TrustedCertificate } from '../../../native/contract/index.ts'
import { pageError } from '../../app/page-error.ts'
import { rpc } from '../../app/rpc.ts'

/** @param of.device null = one that is not kept yet */
export function useTrustedCertificates(of: MaybeRefOrGetter<{ device: string | null; addresses: string[] }>) {
  return useQuery({
    queryKey: computed(() => ['cameraCertificates', 'list', toValue(of)]),
    queryFn: (): Promise<TrustedCertificate[]> => rpc.cameraCertificates.list.query(toValue(of)),
    placeholderData: (before: TrustedCertificate[] | undefined) => before,
  })
}

export function useCertificateActs() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['cameraCertificates'] })
  return {
    look: useMutation({ mutationFn: (address: string): Promise<StreamFault | null> => rpc.cameraCertificates.look.mutate({ address }) }),
    trust: useMutation({
      mutationFn: (input: { device: string | null; certificate: PresentedCertificate }) => rpc.cameraCertificates.trust.mutate(input),
      onSuccess,
    }),
    takeBack: useMutation({ mutationFn: (id: string) => rpc.cameraCertificates.takeBack.mutate({ id }), onSuccess }),
  }
}

/** The fault with the certificate for which the station refused. @returns null = it refused for something else, or not at all */
export function certificateFaultIn(error: unknown): StreamFault | null {
  const { fault, ...params } = error === null ? {} : (pageError(error).params as StreamFault['params'])
  if (fault !== 'certificate' && fault !== 'certificate-changed') return null
  return presentedIn({ code: fault, params }) === null ? null : { code: fault, params }
}
