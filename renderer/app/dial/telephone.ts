// A number as the machine's own telephone program takes it.
import { telephoneDigits } from '../../../native/contract/index.ts'

/** `0913-0100001 转 801` → `tel:09130100001,801`: a comma waits before the extension. */
export function telUri(number: string): string {
  const [main = '', extension = ''] = number.normalize('NFKC').split(/转|分机|ext\.?|[,#*]/iu)
  const plus = main.trim().startsWith('+') ? '+' : ''
  const digits = telephoneDigits(extension)
  return `tel:${plus}${telephoneDigits(main)}${digits === '' ? '' : `,${digits}`}`
}
