/** The ways in which a job post breaks the marketplace's rules. The order is that of the model's weights: append only. */
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
] as const
export type Kind = (typeof kinds)[number]

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text)
