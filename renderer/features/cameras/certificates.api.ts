// Trusted certificates as the administrator's page asks for them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import {
  faultHops,
  type PresentedCertificate,
  type StreamFault,
  type StreamFaultCode,
  type TrustedCertificate,
} from '../../../native/contract/index.ts'
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

/** The fault that a refusal of the station carries. @returns null = it is of another kind */
export function faultIn(error: unknown): StreamFault | null {
  const { fault, ...params } = error === null || error === undefined ? {} : (pageError(error).params as StreamFault['params'])
  return typeof fault === 'string' && fault in faultHops ? { code: fault as StreamFaultCode, params } : null
}

/** Four hexadecimal digits each: what is read out over the telephone in one breath. */
export function fingerprintGroups(fingerprint: string): string[] {
  return fingerprint.replaceAll(':', '').match(/.{1,4}/g) ?? []
}
