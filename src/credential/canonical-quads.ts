import { type NodeKind, nodes, RDF_TYPE, type Term, typeIris, XSD_BOOLEAN, XSD_INTEGER } from './badge-terms.ts'

// Signing an embedded proof needs the document as canonical N-Quads. Our documents have one fixed shape, so they are written
// down directly: a processor of JSON-LD in general weighs more than the whole service. A test holds the outcome, for any
// document that we could issue, against such a processor and the contexts themselves.

/** A statement in N-Quads without its line end; blank nodes are still named by a number: `_:b0`. */
type Quad = readonly [subject: string, predicate: string, object: string]

type Members = Readonly<Record<string, unknown>>

const escapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

/** Escapes a literal. Source: RDF Canonicalization 1.0, §5 canonical N-Quads. */
const escapeText = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be written otherwise
    /["\\\u0000-\u001f\u007f]/g,
    (c) => escapes[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )

const literal = (text: string, datatype?: string): string =>
  `"${escapeText(text)}"${datatype === undefined ? '' : `^^<${datatype}>`}`

/** The object of a statement that is no node: a literal, or a thing that is only named. */
function objectOf(value: unknown, { datatype, names }: Term, path: string): string {
  if (typeof value === 'string') return names === undefined ? literal(value, datatype) : `<${names}${value}>`
  if (typeof value === 'boolean') return literal(String(value), datatype ?? XSD_BOOLEAN)
  if (Number.isSafeInteger(value)) return literal(String(value), datatype ?? XSD_INTEGER)
  throw new TypeError(`${path} has a value that has no place in a document of ours`)
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** The statements of a document. Throws on a member or type that the table of terms does not know, as an unknown term must. */
function quadsOf(document: Members, root: NodeKind): Quad[] {
  const quads: Quad[] = []
  let blanks = 0
  function write(value: Members, kind: NodeKind): string {
    const { '@context': _, id, type, ...members } = value
    const subject = typeof id === 'string' ? `<${id}>` : `_:b${blanks++}`
    for (const name of listOf(type)) {
      const iri = typeIris[name as string]
      if (!iri) throw new TypeError(`${kind} has the unknown type ${String(name)}`)
      quads.push([subject, RDF_TYPE, `<${iri}>`])
    }
    for (const [name, member] of Object.entries(members)) {
      const term = nodes[kind][name]
      if (!term) throw new TypeError(`${kind} has the unknown member ${name}`)
      for (const entry of listOf(member)) {
        const isNode = term.node !== undefined && typeof entry !== 'string'
        quads.push([
          subject,
          term.iri,
          isNode
            ? write(entry as Members, term.node as NodeKind)
            : objectOf(entry, term.node === undefined ? term : { ...term, names: '' }, `${kind}.${name}`),
        ])
      }
    }
    return subject
  }
  write(document, root)
  return quads
}

const lineOf = ([subject, predicate, object]: Quad): string => `${subject} <${predicate}> ${object} .\n`

async function sha256Hex(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Hash First Degree Quads. Source: RDF Canonicalization 1.0, §4.6. */
function hashOf(blank: string, quads: readonly Quad[]): Promise<string> {
  const rename = (term: string): string => (term === blank ? '_:a' : term.startsWith('_:') ? '_:z' : term)
  const mentions = quads.filter(([subject, , object]) => subject === blank || object === blank)
  const lines = mentions.map(([subject, predicate, object]) => lineOf([rename(subject), predicate, rename(object)]))
  return sha256Hex(lines.sort().join(''))
}

/**
 * A document of ours as canonical N-Quads. Throws when two blank nodes say the same, which takes the general algorithm.
 * Source: RDF Canonicalization 1.0 (RDFC-1.0), §4.4.3 steps 1 to 4 and 6.
 */
export async function canonicalQuads(document: Members, root: NodeKind): Promise<string> {
  const quads = quadsOf(document, root)
  const blanks = [...new Set(quads.map(([subject]) => subject).filter((subject) => subject.startsWith('_:')))]
  const hashes = await Promise.all(blanks.map(async (blank) => ({ blank, hash: await hashOf(blank, quads) })))
  if (new Set(hashes.map(({ hash }) => hash)).size < blanks.length)
    throw new TypeError('Two nodes without an id say the same')
  hashes.sort((a, b) => (a.hash < b.hash ? -1 : 1))
  const labels = new Map(hashes.map(({ blank }, i) => [blank, `_:c14n${i}`]))
  const label = (term: string): string => labels.get(term) ?? term
  const lines = new Set(quads.map(([subject, predicate, object]) => lineOf([label(subject), predicate, label(object)])))
  return [...lines].sort().join('')
}
