import { unzipSync } from 'fflate'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { decodeStrictly } from '../decode-text.ts'
import { type ImportProblem, problem } from '../exchange.ts'

/** A package may hold this many entries and unfold to this many bytes; what is read of it, to less. */
const MOST_ENTRIES = 50_000
const MOST_BYTES = 400_000_000
const LARGEST_XML = 20_000_000
const LARGEST_IMAGE = 5_000_000

/** The files of a package that matter to items: XML and pictures, by their path with `/`. */
export interface PackageFiles {
  readonly byPath: ReadonlyMap<string, Uint8Array>
  /** The path of a file as another names it: whatever its case and however its letters are composed. */
  readonly pathOf: (named: string) => string | undefined
}

const XML = /\.xml$/i
const IMAGE = /\.(png|jpe?g|gif|webp)$/i

const isWanted = (name: string): boolean => XML.test(name) || IMAGE.test(name)

class Refused extends Error {
  readonly problem: ImportProblem
  constructor(refusal: ImportProblem) {
    super(refusal.message.en)
    this.problem = refusal
  }
}

/**
 * Opens a zip in memory. Nothing is unfolded before its declared size is known to be in bounds, and nothing beyond it:
 * the buffer has that size. Paths that lead out of the package, and two entries of one name, refuse it whole.
 */
export function openPackage(bytes: Uint8Array): Result<PackageFiles, ImportProblem> {
  const names = new Set<string>()
  let total = 0
  try {
    // the directory is judged whole before anything of it is unfolded
    unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        const path = checkedPath(readableName(name))
        if (names.has(path)) throw new Refused(problem('unsafe-package', `同じ名前のファイルが二つあります：${shown(path)}`, `two files have the same name: ${shown(path)}`))
        names.add(path)
        if (!isWanted(name)) return false
        const isXml = XML.test(name)
        if (originalSize > (isXml ? LARGEST_XML : LARGEST_IMAGE) || size > bytes.length) throw new Refused(tooLarge(shown(name)))
        total += originalSize
        if (total > MOST_BYTES || names.size > MOST_ENTRIES) throw new Refused(tooLarge(''))
        return false
      },
    })
    const files = unzipSync(bytes, { filter: ({ name }) => isWanted(name) })
    const byPath = new Map(Object.entries(files).map(([name, content]) => [shownPath(readableName(name)), content]))
    const paths = new Map([...byPath.keys()].map((path) => [comparable(path), path]))
    return ok({ byPath, pathOf: (named) => paths.get(comparable(named)) })
  } catch (thrown) {
    if (thrown instanceof Refused) return fail(thrown.problem)
    // the library throws on whatever is not a zip: its own errors, and reads beyond the end
    return fail(problem('broken', 'zip として読めません', 'this cannot be read as a zip'))
  }
}

const shownPath = (name: string): string => name.replaceAll('\\', '/').replace(/^\.\//, '')

const comparable = (path: string): string => path.normalize('NFC').toLowerCase()

/**
 * The name of an entry. Where the zip does not say that it is UTF-8 the library reads it byte by byte; those bytes are
 * UTF-8 all the same where the zip was made on Linux, and Shift_JIS where Windows in Japanese made it.
 */
function readableName(name: string): string {
  if (!/[\u0080-\u00ff]/.test(name) || /[\u0100-\uffff]/.test(name)) return name
  const bytes = Uint8Array.from(name, (c) => c.charCodeAt(0))
  return decodeStrictly(bytes, 'utf-8') ?? decodeStrictly(bytes, 'shift_jis') ?? name
}

const shown = (name: string): string => name.slice(0, 80)

const tooLarge = (name: string): ImportProblem => problem('too-large', `展開すると大きすぎます：${name}`, `it unfolds to too much: ${name}`)

function checkedPath(name: string): string {
  const path = shownPath(name)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in a path
  if (path === '' || /^\/|^[a-z]:|(^|\/)\.\.(\/|$)|[\u0000-\u001f]/i.test(path))
    throw new Refused(problem('unsafe-package', `パッケージの外を指すファイル名があります：${shown(name)}`, `a file name leads out of the package: ${shown(name)}`))
  return comparable(path)
}

/** Whether the bytes are a zip at all. */
export const isZip = ([p, k, a, b]: Uint8Array): boolean => p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6))
