// Units as people write them: by the centre's own number or by name; a name that several have is nobody's.

export interface NamedUnit {
  id: string
  code: string | null
  name: string
  /** A sample is meant only where no real unit is. */
  isSample?: boolean
}

/** Widths and blanks do not count. */
export function plainName(words: string): string {
  return words.normalize('NFKC').replaceAll(/\s/g, '')
}

export class UnitNames {
  readonly #byCode: Map<string, NamedUnit>
  /** null = several units have this name. */
  readonly #byName = new Map<string, NamedUnit | null>()
  readonly #samples: UnitNames | null

  constructor(all: readonly NamedUnit[]) {
    const units = all.filter((unit) => unit.isSample !== true)
    this.#byCode = new Map(units.flatMap((unit) => (unit.code === null ? [] : [[plainName(unit.code), unit] as const])))
    for (const unit of units) this.#byName.set(plainName(unit.name), this.#byName.has(plainName(unit.name)) ? null : unit)
    this.#samples =
      units.length === all.length ? null : new UnitNames(all.flatMap((unit) => (unit.isSample === true ? [{ ...unit, isSample: false }] : [])))
  }

  /** The unit meant; a number written in the place of the name is understood. @returns its id, or null when none or more than one is meant */
  find(wanted: { code: string | null; name: string | null }): string | null {
    return this.#find(wanted) ?? this.#samples?.find(wanted) ?? null
  }

  #find({ code, name }: { code: string | null; name: string | null }): string | null {
    const byCode = code === null ? undefined : this.#byCode.get(plainName(code))
    if (byCode !== undefined) return byCode.id
    return name === null ? null : (this.#byName.get(plainName(name))?.id ?? this.#byCode.get(plainName(name))?.id ?? null)
  }

  /** The unit that a row about a unit repeats: of its number, or of its name when one of the two has no number. */
  repeated({ code, name }: { code: string | null; name: string | null }): string | null {
    const byCode = code === null ? undefined : this.#byCode.get(plainName(code))
    if (byCode !== undefined) return byCode.id
    const byName = name === null ? null : this.#byName.get(plainName(name))
    return byName !== null && byName !== undefined && (code === null || byName.code === null) ? byName.id : null
  }
}
