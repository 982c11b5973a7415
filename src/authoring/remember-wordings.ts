import type { Wording } from '../item/item.ts'
import type { ItemPlaces, ItemSource } from './bank-source.ts'
import { compileWording, type WordingContext } from './compile-wording.ts'

/** Compiles wordings; see {@link rememberWordings}. */
export type WordingCompiler = (item: ItemSource, places: ItemPlaces, context: WordingContext) => Wording | undefined

/** Far more than a folder holds; a day of saving does not fill the memory. */
const MOST_KEPT = 20_000

/**
 * A compiler that gives the same wording again for an item that reads the same, for programs that compile a folder at
 * every save: trying out a parametric item takes a thousand times as long as reading it. What said anything to the
 * author is compiled anew, because it has to be said again, and so is what shows an image, which may have changed.
 */
export function rememberWordings(): WordingCompiler {
  const kept = new Map<string, Wording>()
  return (item, places, context) => {
    const written = `${context.locale} ${JSON.stringify(item)}`
    const known = kept.get(written)
    if (known) return known
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
    if (kept.size >= MOST_KEPT) kept.clear()
    if (wording && isPlain) kept.set(written, wording)
    return wording
  }
}
