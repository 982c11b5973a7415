import { plainText } from '../../platform/words/full-text.ts'
import { type Phrase, skillPhrases } from './skills.data.ts'
import type { Category } from './worker.ts'

/** A skill that a search can be narrowed by. */
export interface Skill extends Phrase {
  /** Stands in addresses. */
  readonly id: string
  readonly category: Category
}

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]+/g, '-')

export const skills: readonly Skill[] = Object.entries(skillPhrases).flatMap(([category, phrases]) =>
  phrases.map(({ ja, en }) => ({ id: slug(en), category: category as Category, ja, en })),
)

export const skillIds = skills.map(({ id }) => id)

/** The skills of a text as somebody wrote it, one by one. */
export const skillsIn = (text: string): string[] =>
  text
    .split(/[、,，\n]/)
    .map((skill) => skill.trim())
    .filter((skill) => skill !== '')

const bits = new Map(
  skills.flatMap(({ ja, en }, nth) => [ja, en, plainText(ja), plainText(en)].map((name) => [name, 1 << nth])),
)

/** Which of the known skills somebody names, a bit each in the order of `skills`. */
export const skillBits = ({ skillsJa, skillsEn }: { readonly skillsJa: string; readonly skillsEn: string }): number =>
  [...skillsIn(skillsJa), ...skillsIn(skillsEn)].reduce(
    (found, name) => found | (bits.get(name) ?? bits.get(plainText(name)) ?? 0),
    0,
  )
