// Which of the streams that arrive is the camera's: the first that speaks, until only another one does.

/** So many packets of another stream in a row: the camera has begun anew without a word. */
const takeoverPackets = 30

export class OneSource {
  #ssrc: number | null = null
  #strangers = 0

  get ssrc(): number | null {
    return this.#ssrc
  }

  /** `begun` with the first packet of a stream that is ours from now on. */
  judge(ssrc: number): 'ours' | 'begun' | 'stray' {
    if (this.#ssrc === ssrc) {
      this.#strangers = 0
      return 'ours'
    }
    this.#strangers += 1
    if (this.#ssrc !== null && this.#strangers < takeoverPackets) return 'stray'
    this.#ssrc = ssrc
    this.#strangers = 0
    return 'begun'
  }
}
