// A serial line (RS-232) as a stream; the library is loaded only where a device is really behind one.
import type { Duplex } from 'node:stream'
import { type DisplayAddress, DisplayError } from '../../contract/index.ts'

export async function openSerial({ path, baudRate, parity }: Extract<DisplayAddress, { kind: 'serial' }>): Promise<Duplex> {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>()
  try {
    const { SerialPort } = await import('serialport')
    const port = new SerialPort({ path, baudRate, parity, dataBits: 8, stopBits: 1, autoOpen: false })
    // Left to itself it would keep the line open when it is destroyed: nobody, not even we, could open it again.
    port._destroy = (fault, done) => {
      if (port.isOpen) port.close(() => done(fault))
      else done(fault)
    }
    port.open((error) => {
      if (error) reject(new DisplayError('serial-unavailable', path, { cause: error }))
      else resolve(port)
    })
  } catch (error) {
    reject(new DisplayError('serial-unavailable', path, { cause: error }))
  }
  return promise
}

export interface SerialPortFound {
  path: string
  maker: string
}

/** @returns none where the system cannot list them (Linux without udevadm): a path can be typed all the same */
export async function listSerialPorts(): Promise<SerialPortFound[]> {
  try {
    const { SerialPort } = await import('serialport')
    return (await SerialPort.list()).map(({ path, manufacturer }) => ({ path, maker: manufacturer ?? '' }))
  } catch {
    return []
  }
}
