// Writes a centre's folder: configuration, passwords, certificates, what its stations need and what those below are given. Node 20.19 runs it.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onPath, root } from '../programs.mjs'
import { ensureAuthority, ensureCertificate } from './certificates.mjs'
import { OptionError } from './options.mjs'
import { openSecrets, writeSecret } from './secrets.mjs'
import { stationFolder, writeStations } from './stations.mjs'
import { fill } from './template.mjs'

const templates = join(root, 'resources', 'nats')

/** What those above hand over, by name of the file. */
const handedOver = ['above.json', 'ca.pem', 'client.pem', 'client-key.pem']

/** @param {NonNullable<ReturnType<typeof import('./options.mjs').readNatsOptions>>} options @returns {Promise<string[]>} what was done and what to do next, a line each */
export async function writeCentre(options) {
  const { level, unit, name, out, below, consoles, domain, host, port, leafHost, leafPort, addresses, hasConsoleTls } = options
  mkdirSync(out, { recursive: true, mode: 0o700 })
  const secrets = openSecrets(join(out, 'secrets.json'))
  const above = readAbove(options)
  const children = below.map((child) => ({ child, password: secrets.of(`below/${child}`) }))
  const users = consoles.map(({ user, station }) => ({ user, station, password: secrets.of(`consoles/${user}`) }))
  const own = { host: secrets.of('host'), uplink: secrets.of('uplink') }
  const clients = [
    ...below.map((child) => ({ name: child, folder: join(out, 'below', child) })),
    ...(hasConsoleTls ? ['host', ...consoles.map(({ user }) => user)].map((user) => ({ name: user, folder: stationFolder(out, user) })) : []),
  ]
  const isMoved = secrets.note('addresses', addresses.join(','))
  const isReadyForTls = clients.length === 0 || (await certificates({ out, unit, clients, addresses, isMoved }))
  secrets.save()

  const values = {
    ...{ unit, name, domain, host, port, leafHost, leafPort, maxStore: options.maxStore },
    store: forward(options.store),
    directory: forward(out),
    address: bracketed(addresses[0]),
    hostPassword: own.host,
    consoles: users,
    below: children,
    hasBelow: children.length > 0,
    hasConsoleTls,
    noCertificates: !isReadyForTls,
    above: above?.password === undefined ? null : { aboveDomain: above.domain, uplinkPassword: own.uplink, aboveUrl: withUser(above) },
    aboveWaits: above !== null && above.password === undefined ? { aboveUrl: above.url } : null,
  }
  const part = (file) => readFileSync(join(templates, 'parts', `${file}.conf`), 'utf8')
  writeSecret(join(out, 'nats-server.conf'), fill(readFileSync(join(templates, `${level}.conf`), 'utf8'), values, part))

  const reached = ['0.0.0.0', '::'].includes(host) ? addresses[0] : host
  const url = `${hasConsoleTls ? 'tls' : 'nats'}://${bracketed(reached)}:${port}`
  writeStations(out, { unit, url, hasTls: hasConsoleTls, users, own, above, below })
  const next = [`改动后让服务器重读：nats-server --signal reload；试配置：nats-server --config ${join(out, 'nats-server.conf')} -t`]
  for (const { child, password } of children) {
    const given = { unit: child, url: `nats-leaf://${bracketed(addresses[0])}:${leafPort}`, domain, above: unit, password }
    writeSecret(join(out, 'below', child, 'above.json'), `${JSON.stringify(given, null, 2)}\n`)
  }
  if (children.length > 0) next.push(`把 ${join(out, 'below')} 下各目录当面交给各下级（内有口令和私钥），交完可删；再运行会重新写出。`)
  if (!isReadyForTls)
    next.push(`没有 openssl：请自备 tls/{ca,server,server-key}.pem，以及交给对方的 {ca,client,client-key}.pem，放好之前服务器不会启动。`)
  if (values.aboveWaits !== null)
    next.push(`还没有上级的材料：向上级要 below/${unit} 目录，加 --from-above 该目录 再运行一次。在此之前本中心照常运行，不连上级。`)
  return [
    `已写 ${join(out, 'nats-server.conf')}：${name}（${unit}），域 ${domain}，值班台端口 ${port}${below.length > 0 ? `，下级端口 ${leafPort}` : ''}。`,
    `值班台 ${users.length} 个，下级 ${children.length} 个，上级${above === null ? '无' : ` ${above.url}（域 ${above.domain}）`}；口令在 ${join(out, 'secrets.json')}。`,
    `各席位的连接参数：${join(out, 'stations')}（host 给主机席，其余各给一台）。`,
    ...next.map((line, index) => `下一步 ${index + 1}：${line}`),
  ]
}

/**
 * Names every server's certificate bears: its own host connects by these, and nats.js 3.4 checks `localhost` where it was given an IP
 * address (it hands Node no name then). No danger: nothing but this centre's server has a server's certificate of this authority.
 */
const always = ['localhost', '127.0.0.1']

/** What is known of those above: their folder first, the command line over it. null = nobody is above. */
function readAbove({ unit, out, domain: own, fromAbove, aboveUrl, aboveDomain }) {
  const folder = join(out, 'above')
  if (fromAbove !== null) {
    const missing = handedOver.filter((file) => !existsSync(join(fromAbove, file)))
    if (missing.length > 0) throw new OptionError(`--from-above ${fromAbove}：缺 ${missing.join('、')}`)
    checked(JSON.parse(readFileSync(join(fromAbove, 'above.json'), 'utf8')), { unit, own })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const file of handedOver) {
      copyFileSync(join(fromAbove, file), join(folder, file))
      chmodSync(join(folder, file), 0o600)
    }
  }
  const path = join(folder, 'above.json')
  const given = existsSync(path) ? checked(JSON.parse(readFileSync(path, 'utf8')), { unit, own }) : {}
  const above = { ...given, ...(aboveUrl === null ? {} : { url: aboveUrl }), ...(aboveDomain === null ? {} : { domain: aboveDomain }), unit }
  if (above.url === undefined && above.domain === undefined) return null
  if (above.url === undefined || above.domain === undefined) throw new OptionError('--above 和 --above-domain 要一起写（或用 --from-above）')
  return above
}

function checked(given, { unit, own }) {
  if (given.unit !== unit) throw new OptionError(`上级的材料是给 ${given.unit} 的，不是给本中心 ${unit} 的`)
  if (given.domain === own) throw new OptionError(`上级的域 ${given.domain} 与本中心相同；每级必须不同`)
  return given
}

/** @returns whether the server's own certificate and all it signs for those who connect are there */
async function certificates({ out, unit, clients, addresses, isMoved }) {
  const authority = join(out, 'tls')
  for (const { folder } of clients) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const isThere = await ensureAuthority(authority)
  const server = { key: join(authority, 'server-key.pem'), certificate: join(authority, 'server.pem') }
  // Only the server's own certificate names addresses; those of the others stay good.
  if (isMoved && onPath('openssl') !== null && existsSync(join(authority, 'ca-key.pem'))) rmSync(server.certificate, { force: true })
  const made = [isThere, await ensureCertificate({ authority, ...server, name: unit, addresses: [...new Set([...addresses, ...always])] })]
  for (const { name, folder } of clients) {
    const client = { key: join(folder, 'client-key.pem'), certificate: join(folder, 'client.pem') }
    made.push(await ensureCertificate({ authority, ...client, name, addresses: [] }))
    if (!isThere) continue
    copyFileSync(join(authority, 'ca.pem'), join(folder, 'ca.pem'))
    chmodSync(join(folder, 'ca.pem'), 0o600)
  }
  return made.every((one) => one)
}

function withUser({ url, unit, password }) {
  return url.replace('://', `://${unit}:${password}@`)
}

/** nats-server reads a backslash as an escape; Windows takes either. */
function forward(path) {
  return path.replaceAll('\\', '/')
}

function bracketed(address) {
  return address.includes(':') ? `[${address}]` : address
}
