// Places are counted in the flat text (`flatten`): what stands where does not depend on line ends and indents.

/** A stretch of the flat text, from its first character to behind its last. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A place that is shown wrong. */
export interface PlaceKey extends Span {
  /** Its number in the family, the same on every paper. */
  readonly number: number
  readonly skill: string
  /** Every form that is right there. */
  readonly accepted: readonly string[]
}

/** What has to stay: what looks wrong and is right, or what the rules keep (numbers, names, quotations). */
export interface KeptKey {
  readonly reason: 'look-alike' | 'fixed'
  /** Several where a place or a look-alike stands within a quotation. */
  readonly spans: readonly Span[]
}

/** What is right in a manuscript. */
export interface DraftKey {
  readonly places: readonly PlaceKey[]
  readonly kept: readonly KeptKey[]
}
