import { type CompiledHtml, readCompiledHtml } from '../../src/item/markup/compiled-html.ts'

/** HTML of a fixture, which must be as the compiler writes it. */
export function compiled(html: string): CompiledHtml {
  const read = readCompiledHtml(html)
  if (read === undefined) throw new Error(`the compiler does not write ${html}`)
  return read
}
