/** What may be odd about a certificate that somebody was shown. */
export const concernKinds = ['person', 'altered', 'unfair', 'other'] as const
export type ConcernKind = (typeof concernKinds)[number]
