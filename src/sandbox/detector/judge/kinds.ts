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
