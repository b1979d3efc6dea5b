// One device, one connection: acts in turn, bounded retries, read back after each; what was not learnt is unknown, never guessed.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type DisplayAct,
  DisplayError,
  type DisplayFact,
  type DisplayFactName,
  type DisplayFault,
  type DisplayFaultCode,
  type DisplayOutcome,
  type DisplayResult,
  type DisplayStatus,
} from '../../contract/index.ts'
import type { Driver, Expected, OpenDriver, Reading } from './driver.ts'

export interface DeviceOptions {
  open: OpenDriver
  /** How often an act that may be repeated is tried when the line failed under it. */
  attempts?: number
  /** How often, and how far apart, it is asked whether it stands as told: displays take a moment. */
  settle?: { times: number; everyMs: number }
  onChange?: () => void
  now?: () => number
}

/** The answer is no. */
const refusals: readonly DisplayFaultCode[] = [
  'refused',
  'unsupported',
  'standby',
  'device-failure',
  'locked-elsewhere',
  'template-missing',
  'value-invalid',
]

/** A no that may be our own, before anything was sent: it says nothing of the device. */
const unsaid: readonly DisplayFaultCode[] = ['unsupported', 'template-missing', 'value-invalid']

export class Device {
  readonly #options: Required<Omit<DeviceOptions, 'onChange'>>
  readonly #onChange: () => void
  readonly #facts = new Map<DisplayFactName, DisplayFact>()
  #driver: Driver | null = null
  #lastRepeatable: ((act: DisplayAct) => boolean) | null = null
  #turn: Promise<unknown> = Promise.resolve()
  /** The line before is free. */
  #freed: void | Promise<void> = undefined
  #queued = 0
  #isStopped = false
  #state: DisplayStatus['state'] = 'unknown'
  #since: number
  #lastEvidenceAt: number | null = null
  #fault: DisplayFault | null = null

  constructor(options: DeviceOptions) {
    const { onChange = () => undefined, now = Date.now, attempts = 2, settle = { times: 4, everyMs: 500 } } = options
    this.#options = { open: options.open, attempts, settle, now }
    this.#onChange = onChange
    this.#since = now()
  }

  get status(): DisplayStatus {
    return {
      state: this.#state,
      since: this.#since,
      lastEvidenceAt: this.#lastEvidenceAt,
      fault: this.#fault,
      facts: [...this.#facts.values()],
      queued: this.#queued,
    }
  }

  /** Never throws for the world: what became of it is the outcome. */
  apply(act: DisplayAct): Promise<DisplayOutcome> {
    return this.#inTurn(() => this.#apply(act))
  }

  /** Asks how it stands. */
  refresh(): Promise<DisplayStatus> {
    return this.#inTurn(() => this.#refresh(this.#driver !== null))
  }

  /** Waits for the running act, closes the line. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#drop()
    await this.#turn
    await this.#freed
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#queued += 1
    const done = this.#turn.then(work).finally(() => {
      this.#queued -= 1
      this.#onChange()
    })
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** @param mayBeStale the line stands from before: a device that hangs up on whoever says nothing may do so just as it is asked */
  async #refresh(mayBeStale: boolean): Promise<DisplayStatus> {
    try {
      this.#learn(await (await this.#connected()).read())
    } catch (error) {
      if (mayBeStale && error instanceof DisplayError && error.fault.code === 'connection-lost') {
        this.#drop()
        return this.#refresh(false)
      }
      const fault = this.#fail(error)
      if (refusals.includes(fault.code)) {
        // It will not say how it stands.
        this.#doubt()
        this.#stand('degraded', fault)
      }
    }
    return this.status
  }

  async #apply(act: DisplayAct): Promise<DisplayOutcome> {
    let isSent = false
    for (let attempt = 1; ; attempt += 1) {
      const wasSentBefore = isSent
      try {
        const driver = await this.#connected()
        if (!driver.capabilities.includes(act.kind)) throw new DisplayError('unsupported', act.kind)
        const expected = driver.expected(act)
        isSent = true
        const said = await driver.apply(act)
        this.#heard()
        return expected === null ? this.#outcome('accepted', said) : await this.#readBack({ driver, expected, said })
      } catch (error) {
        const fault = this.#fail(error)
        if (refusals.includes(fault.code))
          return wasSentBefore ? await this.#refusedAgain(act, fault) : this.#outcome('refused', fault.evidence, fault)
        const mayRepeat = this.#driverIsRepeatable(act) && attempt < this.#options.attempts && !this.#isStopped
        if (mayRepeat && fault.code !== 'wrong-password' && fault.code !== 'password-missing' && fault.code !== 'pin-tls-required') continue
        if (isSent) this.#doubt()
        return this.#outcome(isSent ? 'unknown' : 'unreached', fault.evidence, fault)
      }
    }
  }

  /** The try before was not answered and may have been taken: a projector that warms up because of it refuses the next one. Its state decides. */
  async #refusedAgain(act: DisplayAct, refusal: DisplayFault): Promise<DisplayOutcome> {
    try {
      const driver = await this.#connected()
      const expected = driver.expected(act)
      if (expected === null) return this.#outcome('unknown', refusal.evidence, refusal)
      const fact = await this.#ask(driver, expected)
      if (fact === null) return this.#outcome('unknown', refusal.evidence, refusal)
      return expected.values.includes(fact.value) ? this.#outcome('confirmed', fact.evidence) : this.#outcome('refused', refusal.evidence, refusal)
    } catch (error) {
      const fault = this.#fail(error)
      return this.#outcome('unknown', fault.evidence, fault)
    }
  }

  /** Asked of the driver of this line, which may be gone by now; nothing was ever sent without one. */
  #driverIsRepeatable(act: DisplayAct): boolean {
    return this.#lastRepeatable?.(act) ?? true
  }

  async #readBack({ driver, expected, said }: { driver: Driver; expected: Expected; said: string }): Promise<DisplayOutcome> {
    const { times, everyMs } = this.#options.settle
    try {
      for (let time = 1; ; time += 1) {
        const fact = await this.#ask(driver, expected)
        if (fact === null) return this.#outcome('accepted', said)
        if (expected.values.includes(fact.value)) return this.#outcome('confirmed', fact.evidence)
        if (time >= times) return this.#outcome('contradicted', fact.evidence)
        await sleep(everyMs)
      }
    } catch (error) {
      // It took the act and fell silent: how it stands is not known.
      const fault = this.#fail(error)
      return this.#outcome('unknown', said, fault)
    }
  }

  /** @returns null when it does not say */
  async #ask(driver: Driver, { fact: name, elsewhere }: Expected): Promise<Pick<DisplayFact, 'value' | 'evidence'> | null> {
    if (elsewhere === undefined) {
      this.#learn(await driver.read())
      const fact = this.#facts.get(name)
      return fact?.isCurrent === true ? fact : null
    }
    const { values, evidence } = await elsewhere()
    this.#heard()
    const value = values[name]
    return value === undefined ? null : { value, evidence: evidence[name] ?? '' }
  }

  async #connected(): Promise<Driver> {
    if (this.#isStopped) throw new DisplayError('connection-lost')
    if (this.#driver?.isOpen === true) return this.#driver
    this.#drop()
    await this.#freed
    const driver = await this.#options.open()
    // Stopped while it was being reached: nobody would ever hang up.
    if (this.#isStopped as boolean) {
      await driver.close()
      throw new DisplayError('connection-lost')
    }
    this.#driver = driver
    this.#lastRepeatable = (act) => driver.isRepeatable?.(act) ?? true
    return driver
  }

  #drop(): void {
    if (this.#driver !== null) this.#freed = this.#driver.close()
    this.#driver = null
  }

  #heard(): void {
    this.#lastEvidenceAt = this.#options.now()
    this.#stand('ok', null)
  }

  /** What the device said unasked, by another way than its line. */
  notice(reading: Reading): void {
    this.#learn(reading, false)
    this.#onChange()
  }

  /** @param isWhole it was asked for everything: what it did not say now is not known */
  #learn({ values, evidence }: Reading, isWhole = true): void {
    const at = this.#options.now()
    this.#lastEvidenceAt = at
    if (isWhole) this.#doubt()
    for (const [name, value] of Object.entries(values) as [DisplayFactName, string | number | boolean][])
      this.#facts.set(name, { name, value, at, evidence: evidence[name] ?? '', isCurrent: true })
    const faults = this.#facts.get('faults')
    const isWell = faults === undefined || !faults.isCurrent || faults.value === ''
    this.#stand(isWell ? 'ok' : 'degraded', isWell ? null : { code: 'device-failure', evidence: String(faults.value) })
  }

  #doubt(): void {
    for (const fact of this.#facts.values()) this.#facts.set(fact.name, { ...fact, isCurrent: false })
  }

  /** A refusal leaves the line standing; anything else ends it, and what was known is known no more. */
  #fail(error: unknown): DisplayFault {
    if (!(error instanceof DisplayError)) throw error
    const { fault } = error
    if (unsaid.includes(fault.code)) return fault
    if (refusals.includes(fault.code)) {
      this.#lastEvidenceAt = this.#options.now()
      this.#stand('ok', null)
      return fault
    }
    this.#drop()
    this.#doubt()
    this.#stand('down', fault)
    return fault
  }

  #stand(state: DisplayStatus['state'], fault: DisplayFault | null): void {
    if (state !== this.#state) this.#since = this.#options.now()
    this.#state = state
    this.#fault = fault
  }

  #outcome(result: DisplayResult, evidence: string, fault: DisplayFault | null = null): DisplayOutcome {
    return { result, at: this.#options.now(), fault, evidence: evidence.slice(0, 200) }
  }
}
