import type { Language, Subjects } from '../../../../dist/texts.d.ts'
import { catalogue } from '../../../platform/words/catalogue.ts'
import kind from '../../../texts/kind?texts'

/**
 * The ways in which a job post breaks the marketplace's rules. The order is that of the model's weights: append only.
 * `other` is for what breaks them in a way that has no name yet, so that its words do not land under a wrong one.
 */
export const kinds = [
  'off-platform-contact',
  'upfront-fee',
  'account-trade',
  'identity-lending',
  'multi-level-marketing',
  'disguised-survey',
  'work-before-escrow',
  'proxy-purchase',
  'paid-reviews',
  'info-product',
  'crime-recruiting',
  'academic-proxy',
  'investment-solicitation',
  'information-purchase',
  'other',
] as const
export type Kind = (typeof kinds)[number]

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text)

/** A probability for every kind, in their order: 0 for one that is missing. */
export const completeProbability = (known: Readonly<Partial<Record<Kind, number>>>): Readonly<Record<Kind, number>> =>
  Object.fromEntries(kinds.map((kind) => [kind, known[kind] ?? 0])) as Record<Kind, number>

/** What people are told of a kind: its name, and the rule that it breaks. */
interface KindTexts {
  readonly title: Readonly<Record<Language, string>>
  readonly rule: Readonly<Record<Language, string>>
}

const sentences = catalogue<Subjects['kind'], Language>([kind])

export const kindTexts = Object.fromEntries(
  kinds.map((one) => [
    one,
    { title: sentences.each((t) => t(`kind.${one}.title`)), rule: sentences.each((t) => t(`kind.${one}.rule`)) },
  ]),
) as Readonly<Record<Kind, KindTexts>>
