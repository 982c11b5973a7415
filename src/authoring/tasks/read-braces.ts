/** Where the braces end that open at a place, behind the last of them; undefined where they never do. */
export function endOfBraces(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length - 1; at++) {
    const two = text.slice(at, at + 2)
    if (two !== '{{' && two !== '}}') continue
    depth += two === '{{' ? 1 : -1
    at += 1
    if (depth === 0) return at + 1
  }
  return undefined
}

/** Cuts a text at a sign, but not inside of braces. */
export function cutOutsideBraces(text: string, sign: string): string[] {
  const cut: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('{{', at)) at = (endOfBraces(text, at) ?? text.length) - 1
    else if (text[at] === sign) {
      cut.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...cut, text.slice(from)]
}
