// What each station of a centre needs to connect: a folder each, the connection in link.json, the passwords in files of their own. Node 20.19 runs it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeSecret } from './secrets.mjs'

/** Where a station's folder lies in the folder of its centre. */
export function stationFolder(out, user) {
  return join(out, 'stations', user)
}

/** File names in link.json are meant from the folder it lies in. */
export function writeStations(out, { unit, url, hasTls, users, own, above, below }) {
  const tls = hasTls ? { tls: { ca: 'ca.pem', certificate: 'client.pem', key: 'client-key.pem' } } : {}
  const connection = (user, passwordFile, inboxPrefix) => ({ servers: [url], user, passwordFile, inboxPrefix, ...tls })
  for (const { user, password } of users) {
    write(user, { password }, { unit, centre: connection(user, 'password', `_INBOX_${unit}`) })
  }
  const up =
    above === null ? {} : { above: { ...connection('uplink', 'above.password', `_INBOX_${unit}`), unit: above.above ?? null, domain: above.domain } }
  const passwords = { password: own.host, ...(above === null ? {} : { 'above.password': own.uplink }) }
  write('host', passwords, { unit, centre: connection('host', 'password', `_INBOX_${unit}`), ...up, below })

  function write(user, files, link) {
    const folder = stationFolder(out, user)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const [name, text] of Object.entries(files)) writeSecret(join(folder, name), `${text}\n`)
    writeSecret(join(folder, 'link.json'), `${JSON.stringify(link, null, 2)}\n`)
  }
}
