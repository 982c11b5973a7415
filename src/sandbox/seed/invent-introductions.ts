import { days, type Instant, plus } from '../../kernel/instant.ts'
import { stableHash } from '../../kernel/random.ts'
import {
  bitOf,
  type DayPart,
  dayParts,
  emptyIntroduction,
  type Introduction,
  replyTimes,
  weekdays,
} from '../people/introduction/introduction.ts'
import { skillsIn } from '../people/skill.ts'
import type { Phrase } from '../people/skills.data.ts'
import type { Worker } from '../people/worker.ts'
import { callings, closings, declined, headlineOf, manners, pasts, smallest } from './introductions.data.ts'

/** Weeks that people have: which parts of which days. */
const weeks: readonly (readonly [days: string, parts: readonly DayPart[]])[][] = [
  [['mon tue wed thu fri', ['morning', 'day']]],
  [['mon tue wed thu fri', ['day']]],
  [
    ['mon tue wed fri', ['evening']],
    ['sat sun', ['morning', 'day']],
  ],
  [['mon wed thu', ['day', 'evening']]],
  [['sat sun', dayParts]],
  [
    ['mon tue thu', ['morning']],
    ['sun', ['evening']],
  ],
  [['tue wed thu fri sat', ['evening']]],
  [['mon tue wed thu fri', ['morning', 'day', 'evening']]],
]

const hours = [8, 10, 15, 20, 25, 30] as const

const weekOf = (parts: (typeof weeks)[number]): number =>
  parts.reduce(
    (bits, [on, at]) =>
      weekdays
        .filter((day) => on.includes(day))
        .reduce((more, day) => at.reduce((all, part) => all | bitOf(day, part), more), bits),
    0,
  )

/** What an invented worker tells of themselves: the same worker tells the same, whoever else there is. */
export function inventIntroduction(worker: Worker, opened: Instant): Introduction {
  const [category] = worker.categories
  if (!category) return emptyIntroduction(worker.id)
  const drawn = (what: string, of: number) => stableHash(`${worker.id}/${what}`) % of
  const pick = <T>(what: string, from: readonly T[]): T => from[drawn(what, from.length)] as T
  const said = (phrases: readonly Phrase[]) => ({
    ja: phrases.map(({ ja }) => ja).join(''),
    en: phrases.map(({ en }) => en).join(' '),
  })
  const headline = headlineOf(pick('calling', callings[category]), {
    ja: skillsIn(worker.skillsJa).slice(0, 2),
    en: skillsIn(worker.skillsEn).slice(0, 2),
  })
  const first = drawn('manner', manners.length)
  const about = said([
    pick('past', pasts[category]),
    manners[first] as Phrase,
    manners[(first + 1 + drawn('other manner', manners.length - 1)) % manners.length] as Phrase,
    pick('closing', closings),
  ])
  const least = pick('smallest', smallest[category])
  const not = pick('declined', declined)
  return {
    worker: worker.id,
    headlineJa: headline.ja,
    headlineEn: headline.en,
    aboutJa: about.ja,
    aboutEn: about.en,
    week: weekOf(pick('week', weeks)),
    hoursPerWeek: pick('hours', hours),
    startsAt: plus(opened, days(drawn('start', 12) - 4)),
    replyHours: pick('reply', replyTimes),
    fixedPrice: drawn('fixed', 3) > 0,
    smallestJa: least.ja,
    smallestEn: least.en,
    declinesJa: not.ja,
    declinesEn: not.en,
  }
}
