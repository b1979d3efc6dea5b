// `npm run nats`: writes the nats-server configuration of a province, city or county centre with real values. Node 20.19 runs it.
import { writeCentre } from './nats/centre.mjs'
import { help, OptionError, readNatsOptions } from './nats/options.mjs'

try {
  const options = readNatsOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  console.log(options === null ? help : (await writeCentre(options)).join('\n'))
} catch (error) {
  if (!(error instanceof OptionError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
