import { Unzip, UnzipInflate, unzipSync } from 'fflate'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { say } from '../../said.ts'
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
    super(refusal.message.key)
    this.problem = refusal
  }
}

/**
 * Opens a zip in memory. Nothing is unfolded before its declared size is known to be in bounds, and nothing beyond it.
 * Paths that lead out of the package, and two entries of one name, refuse it whole.
 */
export function openPackage(bytes: Uint8Array): Result<PackageFiles, ImportProblem> {
  const names = new Set<string>()
  const sizes = new Map<string, number>()
  let total = 0
  try {
    // the directory is judged whole before anything of it is unfolded
    unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        const path = checkedPath(readableName(name))
        if (names.has(path))
          throw new Refused(problem('unsafe-package', say('exchange.fileNameTwice', { path: shown(path) })))
        names.add(path)
        if (!isWanted(name)) return false
        const isXml = XML.test(name)
        if (originalSize > (isXml ? LARGEST_XML : LARGEST_IMAGE) || size > bytes.length)
          throw new Refused(tooLarge(shown(name)))
        total += originalSize
        if (total > MOST_BYTES || names.size > MOST_ENTRIES) throw new Refused(tooLarge(''))
        sizes.set(name, originalSize)
        return false
      },
    })
    const byPath = new Map([...unfold(bytes, sizes)].map(([name, content]) => [shownPath(readableName(name)), content]))
    const paths = new Map([...byPath.keys()].map((path) => [comparable(path), path]))
    return ok({ byPath, pathOf: (named) => paths.get(comparable(named)) })
  } catch (thrown) {
    if (thrown instanceof Refused) return fail(thrown.problem)
    // the library throws on whatever is not a zip: its own errors, and reads beyond the end
    return fail(problem('broken', say('exchange.notAZip')))
  }
}

/** So much of a zip is read at a time: it unfolds to a thousand times as much at most, before its size is looked at again. */
const CHUNK = 16_384

/**
 * The files with these names, none larger than its size here. They are read one after the other, so that entries which
 * share their bytes, or say less than they hold, cost no more than honest ones.
 */
function unfold(bytes: Uint8Array, sizes: ReadonlyMap<string, number>): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const unzip = new Unzip((file) => {
    const size = sizes.get(file.name)
    if (size === undefined || files.has(file.name)) return
    const content = new Uint8Array(size)
    let length = 0
    files.set(file.name, content)
    file.ondata = (error, part) => {
      if (error) throw error
      if (length + part.length > size) throw new Refused(tooLarge(shown(file.name)))
      content.set(part, length)
      length += part.length
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += CHUNK)
    unzip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length)
  if (files.size < sizes.size) throw new Refused(problem('unsafe-package', say('exchange.zipDirectoryWrong')))
  return files
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

const tooLarge = (name: string): ImportProblem => problem('too-large', say('exchange.unfoldsToTooMuch', { name }))

function checkedPath(name: string): string {
  const path = shownPath(name)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in a path
  if (path === '' || /^\/|^[a-z]:|(^|\/)\.\.(\/|$)|[\u0000-\u001f]/i.test(path))
    throw new Refused(problem('unsafe-package', say('exchange.pathLeadsOut', { name: shown(name) })))
  return comparable(path)
}

/** Whether the bytes are a zip at all. */
export const isZip = ([p, k, a, b]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6))
