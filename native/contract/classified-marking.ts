// Finds the marking of a state secret in pasted text: this system must not hold one (非涉密系统).

// A marking is the word with its star and term (秘密★10年), in brackets (【机密】), after 密级, as 级/件/文件, or alone on its line.
const word = '(?:绝\\s*密|机\\s*密|秘\\s*密)'
const markings = [
  new RegExp(`(${word})\\s*[★☆*＊]`, 'u'),
  new RegExp(`[【〔\\[［（(]\\s*(${word})(?:级|件)?\\s*[】〕\\]］）)]`, 'u'),
  new RegExp(`密\\s*级\\s*[:：为是]?\\s*(${word})`, 'u'),
  new RegExp(`(绝\\s*密|机\\s*密|(?<![商业国家泄露守个])秘\\s*密)\\s*(?:级|件|文件|电报)`, 'u'),
  new RegExp(`^\\s*(${word})\\s*(?:[（(]?\\d+\\s*年[）)]?)?\\s*$`, 'mu'),
]

/** @returns the marking as it stands in the text (spaces removed), or null */
export function classifiedMarking(words: string): string | null {
  for (const marking of markings) {
    const found = marking.exec(words)?.[1]
    if (found !== undefined) return found.replace(/\s/gu, '')
  }
  return null
}
