import { SaxesParser } from 'saxes'
import { fail, ok, type Result } from '../../kernel/result.ts'
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
    super(refusal.message.en)
    this.problem = refusal
  }
}

/**
 * Reads an XML document into a tree. A document type declaration is refused whatever it says: with it go entities that
 * unfold, and files and addresses that are read in. Names lose their prefix; what is not well-formed is refused.
 */
export function parseXml(text: string): Result<Element, ImportProblem> {
  if (text.length > LONGEST) return fail(problem('too-large', 'XML が大きすぎます（2000万字まで）', 'the XML is too large (at most 20 million characters)'))
  const parser = new SaxesParser({ xmlns: true })
  const tree = treeBuilder(MOST_ELEMENTS)
  parser.on('error', (error) => {
    throw new Refused(problem('broken', `XML として正しくありません：${error.message}`, `this is not well-formed XML: ${error.message}`))
  })
  parser.on('doctype', () => {
    throw new Refused(problem('unsafe-xml', '文書型宣言（DOCTYPE）のある XML は読みません', 'XML with a document type declaration (DOCTYPE) is not read'))
  })
  parser.on('opentag', ({ local, attributes }) => {
    tree.open(
      local,
      Object.fromEntries(Object.values(attributes).flatMap(({ prefix, local: name, value }) => (prefix === 'xmlns' || name === 'xmlns' ? [] : [[prefix === 'xml' ? `xml:${name}` : name, value]]))),
    )
    if (tree.isTooLarge)
      throw new Refused(problem('unsafe-xml', `XML の入れ子が深すぎるか（${DEEPEST}段まで）、要素が多すぎます`, `the XML is nested too deeply (at most ${DEEPEST}) or has too many elements`))
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
  return root ? ok(root) : fail(problem('broken', 'XML に要素がありません', 'the XML has no element'))
}

/** The text of an XML file: UTF-8, or UTF-16 with its byte order mark, as XML 1.0 asks every reader to take. */
export function decodeXml(bytes: Uint8Array): Result<string, ImportProblem> {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1]?.toLowerCase()
    if (declared === undefined || /^(utf-?8|us-ascii|utf-?16)/.test(declared)) return ok(text)
    return fail(problem('encoding', `XML の文字コードは UTF-8 にしてください（${declared} とあります）`, `save the XML as UTF-8 (it says ${declared})`))
  } catch {
    return fail(problem('encoding', 'XML が UTF-8 として読めません', 'the XML is not valid UTF-8'))
  }
}
