import type { Locale } from '../item/item.ts'
import { LEVEL_WORDS, PILL_WORDS, STATUS_WORDS } from './keywords.data.ts'
import { TYPE_WORDS } from './type-words.ts'
import type { Pills } from './written-item.ts'

const time = (seconds: number, locale: Locale): string =>
  seconds >= 300 && seconds % 60 === 0
    ? `${seconds / 60}${PILL_WORDS.minutes[locale]}`
    : `${seconds}${PILL_WORDS.seconds[locale]}`

/** The pill line of an item, in the words of its file's locale and in one order. */
export function printPills(
  pills: Pills,
  locale: Locale,
  length?: { readonly min: number; readonly max: number },
): string {
  const word = (name: keyof typeof PILL_WORDS) => PILL_WORDS[name][locale]
  const words = [
    TYPE_WORDS[pills.type][locale],
    pills.points === undefined ? undefined : `${pills.points}${word('points')}`,
    pills.partial ? word('partial') : undefined,
    pills.fixed ? word('fixed') : undefined,
    pills.difficulty === undefined ? undefined : `${word('difficulty')}${pills.difficulty}`,
    pills.skill === undefined ? undefined : `${word('skill')}:${pills.skill}`,
    pills.level === undefined ? undefined : LEVEL_WORDS[pills.level][locale],
    pills.seconds === undefined ? undefined : time(pills.seconds, locale),
    length && `${length.min}${word('to')}${length.max}${word('characters')}`,
    pills.reviewBy === undefined ? undefined : `${word('reviewBy')}:${pills.reviewBy}`,
    ...pills.enemies.map((id) => `${word('enemy')}:${id}`),
    pills.lang === undefined ? undefined : `${word('lang')}:${pills.lang}`,
    pills.status === undefined ? undefined : STATUS_WORDS[pills.status][locale],
    pills.version === undefined ? undefined : `v${pills.version}`,
  ]
  return words
    .filter((word) => word !== undefined)
    .map((word) => `\`${word}\``)
    .join(' ')
}
