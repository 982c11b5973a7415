import type { Wording } from '../item/item.ts'
import type { ItemPlaces, ItemSource } from './bank-source.ts'
import { compileWording } from './compile-wording.ts'
import { type ParsedBank, parseBank } from './parse-bank.ts'
import type { Language } from './said.ts'
import type { SourceFile } from './source-file.ts'
import type { WordingContext } from './wording-scope.ts'

/** What one compilation of a folder hands to the next. It changes how long a compilation takes and nothing else. */
export interface CompileMemory {
  parse(file: SourceFile, language: Language): ParsedBank
  compileWording(item: ItemSource, places: ItemPlaces, context: WordingContext): Wording | undefined
  /** What was made from these very objects, the first of which it belongs to. `make` must depend on nothing else. */
  once<T>(name: string, from: readonly [object, ...unknown[]], make: () => T): T
}

/** Far more than a folder holds; a day of saving does not fill the memory. */
const MOST_WORDINGS = 20_000

/** For programs that compile once. */
export const NO_MEMORY: CompileMemory = {
  parse: (file, language) => parseBank(file, { language }),
  compileWording,
  once: (_name, _from, make) => make(),
}

/**
 * For programs that compile a folder at every save: what reads as before is neither parsed nor compiled nor looked at
 * again. What is remembered hangs on the parsed files, and goes with them.
 */
export function openMemory(): CompileMemory {
  const made = new WeakMap<object, Map<string, { readonly from: readonly unknown[]; readonly value: unknown }>>()
  return {
    parse: rememberFiles(),
    compileWording: rememberWordings(),
    once: (name, from, make) => {
      const [owner, ...rest] = from
      const known = made.get(owner) ?? new Map()
      const before = known.get(name)
      if (before && before.from.length === rest.length && rest.every((one, i) => one === before.from[i]))
        return before.value
      const value = make()
      made.set(owner, known.set(name, { from: rest, value }))
      return value
    },
  }
}

const isSame = (a: SourceFile['content'], b: SourceFile['content']): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : areEqual(a, b)

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  let at = a.length === b.length ? 0 : -1
  while (at >= 0 && at < a.length && a[at] === b[at]) at += 1
  return at === a.length
}

function rememberFiles(): CompileMemory['parse'] {
  const kept = new Map<
    string,
    { readonly content: SourceFile['content']; readonly language: Language; readonly parsed: ParsedBank }
  >()
  return (file, language) => {
    const known = kept.get(file.path)
    if (known && known.language === language && isSame(known.content, file.content)) return known.parsed
    const parsed = parseBank(file, { language })
    kept.set(file.path, { content: file.content, language, parsed })
    return parsed
  }
}

/**
 * The same wording for an item that reads the same, also where it stands in a file that has changed: trying out a
 * parametric item takes a thousand times as long as reading it. What said anything to the author is compiled anew,
 * because it has to be said again, and so is what shows an image, which may have changed.
 */
function rememberWordings(): CompileMemory['compileWording'] {
  const bySource = new WeakMap<ItemSource, Wording>()
  const byText = new Map<string, Wording>()
  return (item, places, context) => {
    const same = bySource.get(item)
    if (same) return same
    const written = `${context.locale} ${JSON.stringify(item)}`
    const known = byText.get(written)
    if (known) {
      bySource.set(item, known)
      return known
    }
    let isPlain = true
    const wording = compileWording(item, places, {
      ...context,
      image: (...asked) => {
        isPlain = false
        return context.image(...asked)
      },
      report: (at, finding) => {
        isPlain = false
        context.report(at, finding)
      },
    })
    if (byText.size >= MOST_WORDINGS) byText.clear()
    if (wording && isPlain) {
      byText.set(written, wording)
      bySource.set(item, wording)
    }
    return wording
  }
}
