// WS-Discovery: asks the local network which ONVIF cameras there are; whatever answers is only listed, never asked.
import { createSocket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../kernel/ids.ts'
import { all, readXml, textOf } from './xml.ts'

export interface FoundDevice {
  /** The device service. */
  address: string
  name: string
  hardware: string
}

const multicast = { address: '239.255.255.250', port: 3702 }
const deviceLimit = 500
const answerLimitBytes = 16_384

/** @param options.to another address than the multicast one, for tests */
export async function discoverOnvif({ waitMs, to = multicast }: { waitMs: number; to?: { address: string; port: number } }): Promise<FoundDevice[]> {
  const found = new Map<string, FoundDevice>()
  const socket = createSocket('udp4')
  socket.on('message', (message) => {
    if (message.length > answerLimitBytes || found.size >= deviceLimit) return
    for (const device of read(message.toString('utf8'))) found.set(device.address, device)
  })
  // No network, no cameras: the list is empty.
  socket.on('error', () => undefined)
  socket.send(probe(newId()), to.port, to.address)
  await sleep(waitMs)
  socket.close()
  return [...found.values()]
}

function probe(id: string): string {
  const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing'
  const discovery = 'http://schemas.xmlsoap.org/ws/2005/04/discovery'
  return [
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="${addressing}" xmlns:d="${discovery}">`,
    `<s:Header><a:MessageID>urn:uuid:${id}</a:MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>`,
    `<a:Action>${discovery}/Probe</a:Action></s:Header>`,
    `<s:Body><d:Probe><d:Types xmlns:n="http://www.onvif.org/ver10/network/wsdl">n:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>`,
  ].join('')
}

/** Whatever the network sends: what cannot be read is no camera. */
function read(text: string): FoundDevice[] {
  try {
    return all(readXml(text), 'ProbeMatch').flatMap((match) => {
      const address = (textOf(match, 'XAddrs') ?? '').split(/\s+/).find((one) => /^https?:\/\/\d/.test(one) && URL.canParse(one))
      if (address === undefined) return []
      const scopes = textOf(match, 'Scopes') ?? ''
      const scope = (name: string) => unescape(new RegExp(`onvif://www\\.onvif\\.org/${name}/(\\S+)`).exec(scopes)?.[1] ?? '').slice(0, 120)
      return [{ address, name: scope('name'), hardware: scope('hardware') }]
    })
  } catch {
    return []
  }
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
