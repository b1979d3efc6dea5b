// Words of the watch that need more than a key. Pure.
import { type Day, type Post, posts, type RosterPerson, startOfDay, weekdayOf } from '../../../native/contract/index.ts'
import type { Translate } from '../../ui/time-words.ts'

/** `11月26日` or `26 Nov`. */
export function dayWords(day: Day, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', month: 'short', day: 'numeric' }).format(startOfDay(day))
}

/** `周四` or `Thu`. */
export function weekdayWords(day: Day, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', weekday: 'short' }).format(startOfDay(day))
}

/** `2026年11月` or `November 2026`. */
export function monthWords(month: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long' }).format(startOfDay(`${month}-15`))
}

export function isWeekend(day: Day): boolean {
  return weekdayOf(day) % 6 === 0
}

/** `带班领导 张三 · 值班长 李四 · 值班员 王五`; posts nobody stands are left out. */
export function whoWords(people: Record<Post, readonly Pick<RosterPerson, 'name'>[]>, t: Translate): string {
  return posts
    .filter((post) => people[post].length > 0)
    .map((post) => `${t(`duty.post.${post}`, {})} ${people[post].map(({ name }) => name).join(t('app.listSeparator', {}))}`)
    .join(' · ')
}

/** As `whoWords`, with the first of several and how many more: `值班员 王五 +1`. */
export function briefWords(people: Record<Post, readonly Pick<RosterPerson, 'name'>[]>, t: Translate): string {
  return posts
    .flatMap((post) => {
      const [first, ...more] = people[post]
      return first === undefined ? [] : [`${t(`duty.brief.${post}`, {})} ${first.name}${more.length === 0 ? '' : ` +${more.length}`}`]
    })
    .join(' · ')
}

/** `值班长、值班员` */
export function postList(list: readonly Post[], t: Translate): string {
  return list.map((post) => t(`duty.post.${post}`, {})).join(t('app.listSeparator', {}))
}
