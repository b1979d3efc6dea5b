// What is said of a fault, and what to do: in the words of whoever is at fault where these differ from the camera's.
import { useI18n } from 'vue-i18n'
import type { StreamFault } from '../../../native/contract/index.ts'
import { codecName } from './codecs.ts'

export function useFaultText(): (fault: StreamFault) => { what: string; next: string } {
  const { t, te } = useI18n()
  return ({ code, params: said }) => {
    const params = typeof said['codec'] === 'string' ? { ...said, codec: codecName(said['codec']) } : said
    const own = `cameras.faultOf.${params['of']}.${code}`
    const words = te(`${own}.what`) ? own : `cameras.fault.${code}`
    return { what: t(`${words}.what`, params), next: t(`${words}.next`, params) }
  }
}
