// What a caller said, as it may stand in a paper: without the greeting, the caller's own name and telephone. The words themselves stay in the source. Pure.

const dropped = [
  /^(?:喂|哎|诶|你好|您好|请问|麻烦)+$/u,
  /^(?:请问)?(?:你们?|您|这)?(?:里|儿|这里|那边)?(?:就?是|系)?(?:不是)?.{0,8}(?:应急(?:管理)?局|值班室|指挥中心|119|110|120)(?:值班室)?(?:吗|吧|嘛|么|不)$/u,
  /^(?:我|俺)(?:的名字)?(?:姓|叫|免贵姓).{1,6}$/u,
  /^(?:我|俺)?的?(?:联系)?(?:电话|手机|手机号|号码|号|联系方式)(?:号码)?(?:是|为|:|：)?[\s\d-]{7,16}$/u,
  /^[\s\d-]{7,16}$/u,
]
/** 我是临渭区故市镇的: who calls, not what happened. */
const caller = /^(?:我们?|俺|这里|这边)(?:就?是|在|住在?)[\p{Script=Han}]{2,16}(?:的|人)$/u
/** 喂… right before what was meant; 哎呀 is no greeting. */
const greeting = /^(\s*)(?:喂|哎(?![呀哟])|诶|你好|您好)+(?=\p{Script=Han}{2})/u

/** @param knowsPlace the incident has its place: where the caller is need not be told again @returns empty when nothing but courtesies was said */
export function asWritten(words: string, knowsPlace: boolean): string {
  const pieces = words.split(/(?<=[，,。；;！!？?\n])/u).map((piece) => piece.replace(greeting, '$1'))
  const kept = pieces.filter((piece) => {
    const bare = piece.replace(/[，,。；;！!？?\s]+$/u, '').trim()
    return !dropped.some((pattern) => pattern.test(bare)) && !(knowsPlace && caller.test(bare))
  })
  return kept
    .join('')
    .replace(/[，,；;\s]+$/u, '')
    .trim()
}
