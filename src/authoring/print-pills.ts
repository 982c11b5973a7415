import type { Locale } from '../item/item.ts'
import { LEVEL_WORDS, STATUS_WORDS } from './keywords.ts'
import { TYPE_WORDS } from './type-words.ts'
import type { Pills } from './written-item.ts'

const time = (seconds: number, ja: boolean): string => {
  const whole = seconds >= 300 && seconds % 60 === 0
  if (ja) return whole ? `${seconds / 60}分` : `${seconds}秒`
  return whole ? `${seconds / 60}m` : `${seconds}s`
}

/** The pill line of an item, in the words of its file's locale and in one order. */
export function printPills(pills: Pills, locale: Locale, length?: { readonly min: number; readonly max: number }): string {
  const ja = locale === 'ja'
  const words = [
    TYPE_WORDS[pills.type][locale],
    pills.points === undefined ? undefined : `${pills.points}${ja ? '点' : 'pt'}`,
    pills.partial ? (ja ? '部分点' : 'partial') : undefined,
    pills.fixed ? (ja ? '固定順' : 'fixed') : undefined,
    pills.difficulty === undefined ? undefined : `${ja ? '難易度' : 'difficulty '}${pills.difficulty}`,
    pills.skill === undefined ? undefined : `${ja ? '能力' : 'skill'}:${pills.skill}`,
    pills.level === undefined ? undefined : LEVEL_WORDS[pills.level][locale],
    pills.seconds === undefined ? undefined : time(pills.seconds, ja),
    length && `${length.min}${ja ? '〜' : '-'}${length.max}${ja ? '字' : 'chars'}`,
    pills.reviewBy === undefined ? undefined : `${ja ? '期限' : 'review-by'}:${pills.reviewBy}`,
    ...pills.enemies.map((id) => `${ja ? '敵' : 'enemy'}:${id}`),
    pills.lang === undefined ? undefined : `${ja ? '言語' : 'lang'}:${pills.lang}`,
    pills.status === undefined ? undefined : STATUS_WORDS[pills.status][locale],
    pills.version === undefined ? undefined : `v${pills.version}`,
  ]
  return words
    .filter((word) => word !== undefined)
    .map((word) => `\`${word}\``)
    .join(' ')
}
