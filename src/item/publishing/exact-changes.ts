import { type CompiledHtml, readCompiledHtml } from '../markup/compiled-html.ts'
import { picturesIn } from '../markup/html-text.ts'

/** A single value of what is stored that is another one now: its place, and its JSON before and after; absent where there was or is none. */
export interface ExactChange {
  readonly path: string
  readonly before?: string
  readonly after?: string
  /** Pictures in the HTML that changed: which bytes they hold, only eyes can judge. */
  readonly pictures?: { readonly before: readonly Picture[]; readonly after: readonly Picture[] }
}

export type Picture = ReturnType<typeof picturesIn>[number]

type Leaf = string | number | boolean | null

/** Every value by its place; lists that are empty are values too. */
function leavesOf(value: unknown, path: string, into: Map<string, Leaf>): Map<string, Leaf> {
  if (value === undefined) return into
  if (typeof value !== 'object' || value === null) return into.set(path, value as Leaf)
  const entries = Object.entries(value)
  if (entries.length === 0) return into.set(path, Array.isArray(value) ? '[]' : '{}')
  for (const [name, part] of entries) leavesOf(part, path === '' ? name : `${path}.${name}`, into)
  return into
}

const PICTURE = /(data:image\/[a-z]+;base64,.{16})[A-Za-z0-9+/]{24,}(.{16})/g
const print = (leaf: Leaf): string => JSON.stringify(leaf).replace(PICTURE, '$1…$2')

/** Line-break hints of the segmenter are no content. */
const withoutHints = (leaf: Leaf | undefined) => (typeof leaf === 'string' ? leaf.replaceAll('<wbr>', '') : leaf)

const picturesOf = (leaf: Leaf | undefined): Picture[] => {
  const html = typeof leaf === 'string' && leaf.includes('<img ') ? readCompiledHtml(leaf) : undefined
  return html === undefined ? [] : picturesIn(html as CompiledHtml)
}

/** Every value that is not what it was, by its place. Values are compared whole, and `isHint` says whether all that differs is where lines may break. */
export function exactChanges(
  before: unknown,
  after: unknown,
): { readonly changes: readonly ExactChange[]; readonly isHint: boolean } {
  const [was, is] = [leavesOf(before, '', new Map()), leavesOf(after, '', new Map())]
  const paths = [...new Set([...was.keys(), ...is.keys()])].filter(
    (path) => was.get(path) !== is.get(path) || was.has(path) !== is.has(path),
  )
  const changes = paths.map((path): ExactChange => {
    const [old, now] = [was.get(path), is.get(path)]
    const pictures = { before: picturesOf(old), after: picturesOf(now) }
    return {
      path,
      ...(old === undefined ? {} : { before: print(old) }),
      ...(now === undefined ? {} : { after: print(now) }),
      ...(pictures.before.length + pictures.after.length > 0 ? { pictures } : {}),
    }
  })
  return {
    changes,
    isHint: paths.length > 0 && paths.every((path) => withoutHints(was.get(path)) === withoutHints(is.get(path))),
  }
}
