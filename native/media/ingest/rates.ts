// What came in the last seconds, in whole seconds: bit rate, pictures, losses.

interface Second {
  at: number
  bytes: number
  packets: number
  frames: number
  lost: number
}

const keptSeconds = 12
const lossWindowS = 10
const rateWindowS = 2

export class Rates {
  readonly #seconds: Second[] = []

  add(nowMs: number, amount: Partial<Omit<Second, 'at'>>): void {
    const at = Math.floor(nowMs / 1000)
    let last = this.#seconds.at(-1)
    if (last === undefined || last.at !== at) {
      last = { at, bytes: 0, packets: 0, frames: 0, lost: 0 }
      this.#seconds.push(last)
      if (this.#seconds.length > keptSeconds) this.#seconds.shift()
    }
    last.bytes += amount.bytes ?? 0
    last.packets += amount.packets ?? 0
    last.frames += amount.frames ?? 0
    last.lost += amount.lost ?? 0
  }

  /** Rates over the last two whole seconds, losses over ten. */
  read(nowMs: number): { bitrateKbps: number; framesPerSecond: number; lostPercent: number } {
    const now = Math.floor(nowMs / 1000)
    const whole = this.#seconds.filter(({ at }) => at < now && at >= now - rateWindowS)
    const wide = this.#seconds.filter(({ at }) => at > now - lossWindowS)
    const [lost, packets] = [sum(wide, 'lost'), sum(wide, 'packets')]
    return {
      bitrateKbps: Math.round((sum(whole, 'bytes') * 8) / 1000 / rateWindowS),
      framesPerSecond: sum(whole, 'frames') / rateWindowS,
      lostPercent: lost + packets === 0 ? 0 : (lost * 100) / (lost + packets),
    }
  }
}

function sum(seconds: readonly Second[], field: keyof Second): number {
  return seconds.reduce((total, second) => total + second[field], 0)
}
