import type { Random } from '../../kernel/random.ts'
import { CannotDraw } from '../task-kind.ts'
import type { FamilyName, TableBody } from './family.ts'
import { MIDDLE_DOT, WIDE_GAP } from './kana.data.ts'
import { romaji } from './values.ts'

/** Somebody who does not exist. */
export interface Person {
  readonly name: string
  readonly kana: string
  /** With hyphens; the exchange begins with 0, so that no such number exists. */
  readonly phone: string
  /** At a domain that is kept for examples. */
  readonly mail: string
}

const digits = (count: number, random: Random): string => Array.from({ length: count }, () => random.below(10)).join('')

// longer area codes would ask whoever puts the hyphens in for more than the rules say
const AREAS = ['03', '06'] as const
const MOBILE = ['090', '080', '070'] as const
const DOMAINS = ['example.jp', 'example.com', 'example.net', 'example.org'] as const
/** One of them, each as likely as any other. */
export const pick = <T>(values: readonly T[], random: Random): T => values[random.below(values.length)] as T

/** A number that cannot exist: no exchange begins with 0. */
export function drawPhone(random: Random): string {
  return `${pick(random.below(3) > 0 ? MOBILE : AREAS, random)}-0${digits(3, random)}-${digits(4, random)}`
}

function mailOf(kana: string, random: Random): string {
  const [family = '', given = ''] = kana.split(WIDE_GAP).map(romaji)
  const number = random.below(3) === 0 ? digits(2, random) : ''
  return `${family}${pick(['.', '_', ''], random)}${given}${number}@${pick(DOMAINS, random)}`
}

export function personOf(family: FamilyName, given: FamilyName, random: Random): Person {
  const kana = `${family.kana}${WIDE_GAP}${given.kana}`
  const mail = mailOf(kana, random)
  return { name: `${family.name}${WIDE_GAP}${given.name}`, kana, phone: drawPhone(random), mail }
}

/** Somebody else of the same name. */
export const namesakeOf = ({ name, kana }: Person, { phone }: Person, random: Random): Person => ({
  name,
  kana,
  phone,
  mail: mailOf(kana, random),
})

/** Somebody whose whole name is written with middle dots. */
export function dottedPerson({ name, kana }: FamilyName, random: Random): Person {
  const mail = `${kana.split(MIDDLE_DOT).map(romaji).join('.')}@${pick(DOMAINS, random)}`
  return { name, kana, phone: drawPhone(random), mail }
}

/** A person with the family name of another. */
export const relativeOf = ({ name, kana }: Person, given: FamilyName, random: Random): Person =>
  personOf({ name: name.split(WIDE_GAP)[0] as string, kana: kana.split(WIDE_GAP)[0] as string }, given, random)

/** So many persons, none named as another. @throws when there are too few names for so many. */
export function drawPersons(count: number, people: TableBody['people'], random: Random): Person[] {
  const pairs = people.families.flatMap((family) => people.given.map((given) => [family, given] as const))
  if (pairs.length < count) throw new CannotDraw(`${pairs.length} names are too few for ${count} persons`)
  const phones = new Set<string>()
  return random
    .shuffle(pairs)
    .slice(0, count)
    .map(([family, given]) => {
      let person = personOf(family, given, random)
      // ten million numbers: one that is taken is drawn again, and twice in a row never happens
      while (phones.has(person.phone)) person = { ...person, phone: drawPhone(random) }
      phones.add(person.phone)
      return person
    })
}
