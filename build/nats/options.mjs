// The options of `npm run nats`, in the words of whoever sets up a centre. Node 20.19 runs it.
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const levels = { province: 'p', city: 'c', county: 'x' }

export const help = `npm run nats -- province|city|county --unit 代码 --name 名称 --out 目录 [选项]

写出一个指挥中心的 nats-server 配置、口令和证书。再次运行时口令和证书不变。
Writes the nats-server configuration, passwords and certificates of a centre; run again, it keeps passwords and certificates.

  --unit 610500            本中心代码 / this centre's unit
  --name 渭南市            名称，只写进注释 / its name, for comments
  --out 目录               写到哪里（0700，文件 0600）/ where to
  --consoles desk1,desk2   值班台，各一个用户；desk1=席位编号 则只许写该席位的主题
                           consoles, a user each; desk1=STATION allows only that station's subject
  --below 610502,610521    下级中心（县级没有）/ centres below (none for a county)
  --from-above 目录        上级交来的目录，只需给一次 / the folder those above gave, needed once
  --above nats-leaf://主机:7422   上级地址；不写则用交来的 / where those above listen; else as their folder says
  --above-domain p610000   上级的 JetStream 域；不写则用交来的 / their JetStream domain; else as their folder says
  --address 主机名,地址    下级怎样找到本机，写进证书；第一个告诉下级 / how those below reach us; goes into the certificate, the first is told
  --domain c610500         本中心的 JetStream 域（默认 p、c、x 加代码）/ our JetStream domain
  --host 0.0.0.0           值班台接入的监听地址 / where consoles are listened for
  --port 4222              值班台接入端口 / port for consoles
  --leaf-host 0.0.0.0      下级接入的监听地址 / where those below are listened for
  --leaf-port 7422         下级接入端口 / port for those below
  --console-tls            值班台端口也用 TLS 双向证书 / certificates on the consoles' port as well
  --store 目录             流放在哪里（默认 输出目录/jetstream）/ where the streams lie
  --max-store 20GB         流最多占多少磁盘 / most disk space for streams
  --help                   这段说明 / this`

/** What a person typed wrongly, in words to show. */
export class OptionError extends Error {}

/**
 * @param {string[]} args
 * @param {string} folder where the person stood: relative paths are meant from there
 * @returns null when help was asked for
 */
export function readNatsOptions(args, folder) {
  const { values, positionals } = parse(args)
  if (values.help === true) return null
  const [level, more] = positionals
  if (level === undefined || more !== undefined || !Object.hasOwn(levels, level))
    throw new OptionError('先写一个级别：province（省）、city（市）或 county（县）')
  const unit = needed(values, 'unit', /^[\w-]{1,64}$/, '字母、数字、下划线或连字符，如 610500')
  const name = needed(values, 'name', /^[^\p{Cc}"{}]{1,60}$/u, '一行名称，不带引号和花括号')
  const out = resolve(folder, needed(values, 'out', /^[^"{}\n]+$/, '一个目录，不带引号和花括号'))
  const below = list(values.below ?? '', 'below', /^[\w-]{1,64}$/)
  if (level === 'county' && below.length > 0) throw new OptionError('--below：县级不接受下级接入；有下级的中心用 city')
  if (below.includes(unit)) throw new OptionError(`--below：${unit} 是本中心自己`)
  const consoles = list(values.consoles ?? '', 'consoles', /^[\w-]{1,40}(=[\w-]{1,64})?$/).map((text) => {
    const [user = '', station = '*'] = text.split('=')
    return { user, station }
  })
  if (consoles.some(({ user }) => user === 'host')) throw new OptionError('--consoles：host 是主机席，总是有，不必写')
  if (new Set(consoles.map(({ user }) => user)).size < consoles.length) throw new OptionError('--consoles：有重名')
  const word = /^[\w-]{1,80}$/
  const host = /^[\w.:-]{1,200}$/
  const domain = optional(values, 'domain', word, '不带点和空格') ?? `${levels[level]}${unit}`
  const aboveDomain = optional(values, 'above-domain', word, '不带点和空格')
  if (aboveDomain === domain) throw new OptionError('--above-domain：与本中心的域相同；每级必须不同')
  return {
    level,
    unit,
    name,
    out,
    below,
    consoles,
    domain,
    aboveDomain,
    aboveUrl: optional(values, 'above', /^(nats-leaf|tls):\/\/[\w.[\]:-]+$/, '形如 nats-leaf://主机:7422，口令不写在这里'),
    fromAbove: values['from-above'] === undefined ? null : resolve(folder, values['from-above']),
    addresses: list(values.address ?? hostname(), 'address', host),
    host: optional(values, 'host', host, '一个监听地址') ?? '0.0.0.0',
    port: port(values, 'port', 4222),
    leafHost: optional(values, 'leaf-host', host, '一个监听地址') ?? '0.0.0.0',
    leafPort: port(values, 'leaf-port', 7422),
    store: resolve(folder, optional(values, 'store', /^[^"{}\n]+$/, '一个目录') ?? resolve(out, 'jetstream')),
    hasConsoleTls: values['console-tls'] === true,
    maxStore: optional(values, 'max-store', /^\d{1,5}(MB|GB|TB)$/, '形如 20GB') ?? '20GB',
  }
}

function parse(args) {
  const text = { type: /** @type {const} */ ('string') }
  const options = {
    ...Object.fromEntries(['unit', 'name', 'out', 'consoles', 'below', 'from-above', 'above', 'above-domain', 'address'].map((name) => [name, text])),
    ...Object.fromEntries(['domain', 'host', 'port', 'leaf-host', 'leaf-port', 'store', 'max-store'].map((name) => [name, text])),
    'console-tls': { type: /** @type {const} */ ('boolean') },
    help: { type: /** @type {const} */ ('boolean'), short: 'h' },
  }
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // Node says which option it is in English; the code says what is wrong with it.
    const option = /'(-[^' ]*)/.exec(error.message)?.[1] ?? ''
    if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new OptionError(`没有 ${option} 这个选项；--help 列出全部`)
    if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw new OptionError(`${option} 后面要有值`)
    throw error
  }
}

function optional(values, name, pattern, hint) {
  const value = values[name]
  if (value === undefined) return null
  if (!pattern.test(value)) throw new OptionError(`--${name} ${value}：${hint}`)
  return value
}

function needed(values, name, pattern, hint) {
  const value = optional(values, name, pattern, hint)
  if (value === null) throw new OptionError(`缺 --${name}：${hint}`)
  return value
}

function list(text, name, pattern) {
  const each = text.split(/[,，]/).filter((one) => one !== '')
  for (const one of each) if (!pattern.test(one)) throw new OptionError(`--${name}：“${one}” 不能用`)
  return [...new Set(each)]
}

function port(values, name, usual) {
  const text = optional(values, name, /^\d{1,5}$/, '1 到 65535')
  const value = text === null ? usual : Number(text)
  if (value < 1 || value > 65_535) throw new OptionError(`--${name} ${text}：1 到 65535`)
  return value
}
