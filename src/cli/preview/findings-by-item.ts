import type { CompiledItem } from '../../authoring/compare-locales.ts'
import type { Diagnostic } from '../../authoring/diagnostic.ts'
import type { SourceFile } from '../../authoring/source-file.ts'

interface Findings {
  readonly byItem: ReadonlyMap<CompiledItem, readonly Diagnostic[]>
  /** Of exam.md, of a file's head, or of a file that could not be read. */
  readonly elsewhere: readonly Diagnostic[]
}

const HEADING = /^## +([a-z][a-z0-9-]*-\d+)/

/** The headings of a file, also of items that could not be read and so have no place of their own. */
const headingsOf = ({ content }: SourceFile): { readonly line: number; readonly id: string }[] =>
  (typeof content === 'string' ? content : new TextDecoder().decode(content)).split('\n').flatMap((text, i) => {
    const id = HEADING.exec(text)?.[1]
    return id === undefined ? [] : [{ line: i + 1, id }]
  })

/** Gives each finding to the item whose heading is the last one at or above it in the same file. */
export function findingsByItem(
  items: readonly CompiledItem[],
  files: readonly SourceFile[],
  diagnostics: readonly Diagnostic[],
): Findings {
  const known = new Map(items.map((item) => [item.variants[0]?.source.id, item]))
  const concerned = new Set(diagnostics.map(({ file }) => file))
  const headings = new Map(
    files
      .filter(({ path }) => concerned.has(path) && path.endsWith('.md'))
      .map((file) => [file.path, headingsOf(file)]),
  )
  const byItem = new Map<CompiledItem, Diagnostic[]>()
  const elsewhere: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    const owner = known.get(headings.get(diagnostic.file)?.findLast(({ line }) => line <= diagnostic.line)?.id)
    if (owner) byItem.set(owner, [...(byItem.get(owner) ?? []), diagnostic])
    else elsewhere.push(diagnostic)
  }
  return { byItem, elsewhere }
}
