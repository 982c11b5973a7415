const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  yen: '¥',
  copy: '©',
  reg: '®',
}

/** Resolves the character references that authors use; others stay as they are written. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:([a-z]{2,6})|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g,
    (whole, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] as string) : whole
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
      return isPlainCharacter(code) ? String.fromCodePoint(code) : '\ufffd'
    },
  )
}

/** What a numeric reference may stand for: no control, surrogate, private-use, zero-width or bidirectional character. */
const isPlainCharacter = (code: number): boolean =>
  code <= 0x10ffff && !/[\p{C}\u2028\u2029]/u.test(String.fromCodePoint(code))
