/** Folds what a Japanese keyboard makes of one answer: full and half width (NFKC), case and white space. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

/**
 * Reads a number as people type it: full-width digits, thousands separators, a leading sign and a trailing unit
 * ("￥１３，２００", "13,200円"). Undefined when it is no single number.
 */
export function readNumber(text: string, unit: string): number | undefined {
  let folded = foldText(text).replace(/[−‐‑–—ー]/gu, '-')
  const foldedUnit = foldText(unit)
  if (foldedUnit !== '' && folded.endsWith(foldedUnit)) folded = folded.slice(0, -foldedUnit.length)
  if (foldedUnit === '円') folded = folded.replace(/^[¥\\]/u, '')
  if (!/^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/u.test(folded)) return undefined
  return Number(folded.replaceAll(',', ''))
}
