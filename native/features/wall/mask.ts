// What a wall must not show to whoever stands before it: telephones, numbers of identity cards. Pure.

/** 18 digits (the last may be X), or 15 of the old card. */
const identity = /(?<!\d)(\d{6})(\d{8}\d{3}[\dXx]|\d{9})(?!\d)/g
/** Mobile, and area code with number; also with spaces or hyphens between. */
const mobile = /(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?\d{4}[- ]?(\d{2})\d{2}(?!\d)/g
const landline = /(?<!\d)(0\d{2,3})[- ]?(\d{3,4})\d{4}(?!\d)/g

/** Digits alone, in full width too: a name in a free text cannot be known for one, so boards carry no such fields. */
export function masked(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(identity, '$1************')
    .replace(mobile, '$1****$2**')
    .replace(landline, '$1-****')
}
