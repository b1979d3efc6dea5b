// Roads, their kilometre marks and numbers of buildings as words name them: what tells two likely reports apart. Pure.

export interface NamedRoads {
  /** 京昆, G5, 316: each name a road is given. */
  names: string[]
  /** Kilometres of its marks: K1158+300 → 1158.3. */
  marksKm: number[]
  /** 3号楼, 二号井. */
  numbers: string[]
}

const highway = /(?<han>\p{Script=Han}{2})高速|(?<letters>[GS]\d{1,4}W?)|(?<digits>\d{2,3})(?=国道|省道|县道)/gu
const mark = /K(?<km>\d{1,4})(?:\+(?<metres>\d{1,3}))?/gu
const numbered = /(?<n>[\d一二三四五六七八九十]{1,3})号(?<of>楼|井|线|门|机组)/gu
/** 机场高速, 绕城高速 are names; 上高速, 段高速 are not. */
const noName = /[上在走下路的从到段条治送往区县市国伤堵]|附近|那边|一辆|看到/u

/** @param words NFKC @param bare the same without names of areas, so that 安塞高速 is none */
export function roadsIn(words: string, bare: string): NamedRoads {
  const names = [...bare.matchAll(highway)].flatMap(({ groups }) => {
    const name = groups?.['han'] ?? groups?.['letters'] ?? groups?.['digits'] ?? ''
    return noName.test(name) ? [] : [name.replace(/^[GS](?=\d{3}$)/u, '')]
  })
  return {
    names: [...new Set(names)],
    marksKm: [...words.matchAll(mark)].map(({ groups }) => Number(groups?.['km']) + Number(groups?.['metres'] ?? 0) / 1000),
    numbers: [...words.matchAll(numbered)].map(({ groups }) => `${groups?.['n'] ?? ''}${groups?.['of'] ?? ''}`),
  }
}

/** Words without what was read as a mark or a number: another building's 号楼 is no likeness. */
export function withoutNumbers(words: string): string {
  return words.replace(mark, ' ').replace(numbered, ' ')
}

/** @returns 1 the same spot of a road, or the same building; −1 another one; 0 nothing to tell by */
export function sameRoad(a: NamedRoads, b: NamedRoads): { road: -1 | 0 | 1; mark: -1 | 0 | 1; number: -1 | 0 | 1 } {
  const road = roadAgreement(a.names, b.names)
  const apartKm = Math.min(...a.marksKm.flatMap((one) => b.marksKm.map((other) => Math.abs(one - other))))
  const isComparable = road !== -1 && a.marksKm.length > 0 && b.marksKm.length > 0
  return { road, mark: !isComparable ? 0 : apartKm <= 3 ? 1 : apartKm > 8 ? -1 : 0, number: agreement(a.numbers, b.numbers) }
}

export function agreement(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  if (left.length === 0 || right.length === 0) return 0
  return left.some((one) => right.includes(one)) ? 1 : -1
}

/** A road has a name and a code: 京昆 and G5 do not contradict each other. */
function roadAgreement(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  const isCode = (name: string) => /^[A-Z\d]/.test(name)
  if (agreement(left, right) === 1) return 1
  const kinds = [isCode, (name: string) => !isCode(name)]
  return kinds.some((kind) => agreement(left.filter(kind), right.filter(kind)) === -1) ? -1 : 0
}
