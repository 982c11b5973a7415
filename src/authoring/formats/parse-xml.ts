import { SaxesParser } from 'saxes'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { say } from '../said.ts'
import { cleanText, decodeStrictly } from './decode-text.ts'
import { type ImportProblem, problem } from './exchange.ts'
import { DEEPEST, type Element, treeBuilder } from './markup-tree.ts'

/** One XML document may hold this many characters. */
const LONGEST = 20_000_000
/** The manifest of some ten thousand items has that many elements. */
const MOST_ELEMENTS = 500_000

/** Thrown out of the parser's events: it has no way to stop, and what comes after is not looked at. */
class Refused extends Error {
  readonly problem: ImportProblem
  constructor(refusal: ImportProblem) {
    super(refusal.message.key)
    this.problem = refusal
  }
}

/**
 * Reads an XML document into a tree. A document type declaration that declares anything is refused whatever it says: with
 * it go entities that unfold, and files and addresses that are read in. One that only names a type is passed over, and
 * what it points to is never looked at. Names lose their prefix; what is not well-formed is refused.
 */
export function parseXml(text: string): Result<Element, ImportProblem> {
  if (text.length > LONGEST) return fail(problem('too-large', say('exchange.xmlTooLarge')))
  const parser = new SaxesParser({ xmlns: true })
  const tree = treeBuilder(MOST_ELEMENTS)
  parser.on('error', (error) => {
    throw new Refused(problem('broken', say('exchange.xmlMalformed', { message: error.message })))
  })
  parser.on('doctype', (declaration) => {
    if (declaration.includes('[')) throw new Refused(problem('unsafe-xml', say('exchange.xmlDoctype')))
  })
  parser.on('opentag', ({ local, attributes }) => {
    tree.open(
      local,
      Object.fromEntries(
        Object.values(attributes).flatMap(({ prefix, local: name, value }) =>
          prefix === 'xmlns' || name === 'xmlns' ? [] : [[prefix === 'xml' ? `xml:${name}` : name, value]],
        ),
      ),
    )
    if (tree.isTooLarge) throw new Refused(problem('unsafe-xml', say('exchange.xmlTooDeep', { most: DEEPEST })))
  })
  parser.on('text', (part) => tree.text(part))
  parser.on('cdata', (part) => tree.text(part))
  parser.on('closetag', () => tree.close())
  try {
    parser.write(text.startsWith('\ufeff') ? text.slice(1) : text).close()
  } catch (thrown) {
    if (thrown instanceof Refused) return fail(thrown.problem)
    throw thrown
  }
  const root = tree.root.children.find((child) => typeof child !== 'string')
  return root ? ok(root) : fail(problem('broken', say('exchange.xmlEmpty')))
}

/** Encodings that an XML file may declare besides UTF-8 and UTF-16: they hold no sequence that switches to another. */
const DECLARED = /^(shift_jis|windows-31j|euc-jp|iso-8859-1|windows-1252)$/

/** The text of an XML file: UTF-8, UTF-16 with its byte order mark, or what its declaration says. */
export function decodeXml(bytes: Uint8Array): Result<string, ImportProblem> {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const head = new TextDecoder(mark ?? 'latin1').decode(bytes.subarray(0, 400))
  const declared =
    /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8'
  const encoding =
    mark ?? (DECLARED.test(declared) ? declared : /^(utf-?8|us-ascii|utf-?16)/.test(declared) ? 'utf-8' : undefined)
  if (!encoding) return fail(problem('encoding', say('exchange.xmlEncodingDeclared', { declared })))
  const text = decodeStrictly(bytes, encoding)
  return text === undefined ? fail(problem('encoding', say('exchange.xmlEncodingInvalid', { encoding }))) : ok(text)
}

/** The tree of an XML file, without characters that show nothing. */
export function readXml(bytes: Uint8Array): Result<Element, ImportProblem> {
  const text = decodeXml(bytes)
  return text.ok ? parseXml(cleanText(text.value).text) : text
}
