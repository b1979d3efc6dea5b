// A worker that does whatever a test tells it to: answer, refuse, throw, fill its heap, hang.
import { WanglouError } from '../../contract/index.ts'
import { serveWorker } from '../workers.ts'

export type Misbehaviour = 'answer' | 'refuse' | 'throw' | 'fill' | 'hang' | 'exit'

serveWorker(async (how: Misbehaviour, report: (progress: number) => void) => {
  switch (how) {
    case 'answer':
      report(0.5)
      return 'answered'
    case 'refuse':
      throw new WanglouError('FILE_ENCODING', { row: 7 })
    case 'throw':
      throw new TypeError('a bug in a parser')
    case 'fill': {
      const hoard: number[][] = []
      for (;;) hoard.push(new Array<number>(1000).fill(hoard.length))
    }
    case 'hang':
      for (;;) await new Promise((resolve) => setTimeout(resolve, 50))
    case 'exit':
      return process.exit(3)
    default:
      throw new Error(how satisfies never)
  }
})
