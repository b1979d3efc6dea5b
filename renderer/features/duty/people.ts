// Persons of a watch as they are typed into three fields, and read back. Pure.
import { parsePeople, peopleWords, type Post, posts, type WatchPeople } from '../../../native/contract/index.ts'

export type PeopleText = Record<Post, string>

export function textOf(people: WatchPeople): PeopleText {
  return {
    watchLeaders: peopleWords(people.watchLeaders, { withTelephones: true }),
    shiftLeaders: peopleWords(people.shiftLeaders, { withTelephones: true }),
    officers: peopleWords(people.officers, { withTelephones: true }),
  }
}

/** @returns the posts whose words are no names */
export function faultsOf(text: PeopleText): Post[] {
  return posts.filter((post) => parsePeople(text[post]) === null)
}

export function peopleOf(text: PeopleText): WatchPeople {
  return {
    watchLeaders: parsePeople(text.watchLeaders) ?? [],
    shiftLeaders: parsePeople(text.shiftLeaders) ?? [],
    officers: parsePeople(text.officers) ?? [],
  }
}
