// AMF0 (Action Message Format), as far as a push needs it: the words of RTMP commands.
export type AmfValue = string | number | boolean | null | { [key: string]: AmfValue }

const depthLimit = 8

/** @returns the values in order; what is not understood ends the list */
export function readAmf(bytes: Buffer): AmfValue[] {
  const reader = new Reader(bytes)
  const values: AmfValue[] = []
  try {
    while (!reader.isAtEnd && values.length < 32) values.push(reader.value(0))
  } catch (error) {
    // Past the end, or a type that no push uses: what stands before it is enough.
    if (!(error instanceof RangeError)) throw error
  }
  return values
}

export function writeAmf(...values: AmfValue[]): Buffer {
  return Buffer.concat(values.map(encoded))
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  value(depth: number): AmfValue {
    if (depth > depthLimit) throw new RangeError('too deep')
    const type = this.#take(1).readUInt8(0)
    if (type === 0) return this.#take(8).readDoubleBE(0)
    if (type === 1) return this.#take(1).readUInt8(0) !== 0
    if (type === 2) return this.#text(this.#take(2).readUInt16BE(0))
    if (type === 12) return this.#text(this.#take(4).readUInt32BE(0))
    if (type === 5 || type === 6) return null
    if (type === 8) this.#take(4)
    if (type === 3 || type === 8) return this.#object(depth)
    throw new RangeError(`type ${type}`)
  }

  #object(depth: number): AmfValue {
    const found: [string, AmfValue][] = []
    for (let count = 0; count < 100; count += 1) {
      const name = this.#text(this.#take(2).readUInt16BE(0))
      if (name === '' && this.#bytes[this.#at] === 9) {
        this.#at += 1
        return Object.fromEntries(found)
      }
      found.push([name, this.value(depth + 1)])
    }
    throw new RangeError('too many')
  }

  #text(length: number): string {
    return this.#take(length).toString('utf8')
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('past the end')
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }
}

function encoded(value: AmfValue): Buffer {
  if (value === null) return Buffer.from([5])
  if (typeof value === 'boolean') return Buffer.from([1, value ? 1 : 0])
  if (typeof value === 'string') return Buffer.concat([Buffer.from([2]), named(value)])
  if (typeof value === 'object')
    return Buffer.concat([Buffer.from([3]), ...Object.entries(value).flatMap(([name, one]) => [named(name), encoded(one)]), Buffer.from([0, 0, 9])])
  const bytes = Buffer.alloc(9)
  bytes.writeDoubleBE(value, 1)
  return bytes
}

function named(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
