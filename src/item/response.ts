/**
 * An answer in the item's own terms: numbers are indices into the stem's arrays, whatever order the candidate saw.
 * `null` is no answer.
 */
export type Response =
  | { readonly choice: number }
  | { readonly choices: readonly number[] }
  | { readonly text: string }
  | { readonly blanks: Readonly<Record<string, number | string>> }
  | { readonly order: readonly number[] }
  | { readonly pairs: Readonly<Record<number, number>> }
  | null
