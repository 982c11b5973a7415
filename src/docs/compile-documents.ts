import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Marked, type RendererObject, type Token, type Tokens } from 'marked'
import { type CompiledHtml, escapeHtml } from '../item/markup/compiled-html.ts'
import { type Documents, type DocumentText, placeOf } from './documents.ts'

/** The guide for those who write questions lies beside these, and is served with the documents. */
const WRITING_ITEMS = { en: 'exams/README.en.md', ja: 'exams/README.md' }

interface Source {
  readonly language: string
  /** Below `/docs`. */
  readonly name: string
  /** The file, absolute. */
  readonly path: string
  readonly text: string
}

/** What a document may lead to and show, by absolute path. */
interface Library {
  /** The address of a document below the service's origin. */
  readonly addresses: ReadonlyMap<string, string>
  readonly programs: ReadonlyMap<string, string>
  readonly pictures: ReadonlyMap<string, string>
}

async function sourcesOf(folder: string): Promise<Source[]> {
  const read = async (language: string, name: string, path: string): Promise<Source> => ({
    language,
    name,
    path,
    text: await readFile(path, 'utf8'),
  })
  const found = Object.keys(WRITING_ITEMS).map(async (language) => {
    const files = (await readdir(join(folder, language), { recursive: true }))
      .filter((file) => file.endsWith('.md'))
      .sort()
    const own = files.map((file) => read(language, file.replace(/(\/README)?\.md$/, ''), join(folder, language, file)))
    const items = read(
      language,
      'items',
      resolve(folder, '../..', WRITING_ITEMS[language as keyof typeof WRITING_ITEMS]),
    )
    return Promise.all([...own, items])
  })
  return (await Promise.all(found)).flat()
}

/** The files of a folder by absolute path; pictures of dots in base64. */
async function readFolder(folder: string, ending: RegExp): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => ending.test(name)).sort()
  return new Map(
    await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name)
        return [path, await readFile(path, name.endsWith('.webp') ? 'base64' : 'utf8')] as const
      }),
    ),
  )
}

/**
 * Compiles the Markdown of `src/docs` and the authoring guide. Links between documents become those of the service, a
 * paragraph that is nothing but a link to a program becomes the program, and links into the code become plain text.
 * @throws where a document holds HTML other than an anchor, or shows a picture that is not there.
 */
export async function compileDocuments(folder: string): Promise<Documents> {
  const sources = await sourcesOf(folder)
  const [own, ofVerifier, ofKit, pictures] = await Promise.all([
    readFolder(join(folder, 'examples'), /./),
    readFolder(join(folder, '../verify/examples'), /./),
    readFolder(join(folder, '../kit/examples'), /./),
    readFolder(join(folder, 'img'), /[.](?:svg|webp)$/),
  ])
  const library = {
    addresses: new Map(sources.map(({ path, name }) => [path, `/docs/${name}`])),
    programs: new Map([...own, ...ofVerifier, ...ofKit]),
    pictures,
  }
  const texts: Record<string, Record<string, DocumentText>> = {}
  for (const source of sources)
    texts[source.language] = { ...texts[source.language], [source.name]: compileText(source, library) }
  const written = JSON.stringify(texts)
  const byName = (files: ReadonlyMap<string, string>) =>
    [...files].map(([path, text]) => [basename(path), text] as const)
  // programs first: what documents quote of them is packed as a repetition
  return {
    programs: Object.fromEntries(
      byName(library.programs).map(([name, text]) => [name, plainQuotes(escapeHtml(text.trimEnd()))]),
    ),
    texts,
    pictures: Object.fromEntries(byName(pictures).filter(([name]) => written.includes(`/docs/img/${name}`))),
  }
}

/** What the HTML of one document is written with. */
interface Writer {
  readonly path: string
  readonly library: Library
  /** Inline HTML. */
  readonly inline: (tokens: Token[]) => string
  /** The chapter at hand, and what stands in it so far: regions that scroll have a name of their own on a page. */
  chapter: string
  regions: number
  programs: number
}

function compileText({ path, text }: Source, library: Library): DocumentText {
  const marked = new Marked({ gfm: true })
  const inline = (tokens: Token[]) => String(marked.Parser.parseInline(tokens, marked.defaults)).trim()
  const writer: Writer = { path, library, inline, chapter: '', regions: 0, programs: 0 }
  marked.use({ renderer: rendererOf(writer) })
  const [first, ...rest] = marked.lexer(text)
  if (!isHeading(first, 1)) throw new Error(`${path} does not begin with its title`)
  const lead: Token[] = []
  const chapters: { readonly heading: Tokens.Heading; readonly tokens: Token[] }[] = []
  for (const token of rest) {
    if (isHeading(token, 2)) chapters.push({ heading: token, tokens: [] })
    else (chapters.at(-1)?.tokens ?? lead).push(token)
  }
  const write = (chapter: string, tokens: Token[]) => {
    Object.assign(writer, { chapter, regions: 0, programs: 0 })
    return plainQuotes(String(marked.Parser.parse(tokens, marked.defaults)))
  }
  const title = wordsOf(first.tokens)
  return {
    title,
    lead: write(title, lead),
    chapters: chapters.map(({ heading, tokens }) => ({
      id: idOf(heading.tokens),
      title: inline(heading.tokens) as CompiledHtml,
      html: write(wordsOf(heading.tokens).trim(), tokens),
    })),
  }
}

const isHeading = (token: Token | undefined, depth: number): token is Tokens.Heading =>
  token?.type === 'heading' && token.depth === depth

/** Quotes between tags need no escape, and documents are full of programs. A tag holds no `>` but its last. */
const plainQuotes = (html: string): CompiledHtml =>
  html.replace(/(^|>)[^<]+/g, (text) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'")) as CompiledHtml

/** The words of tokens, without marks. */
const wordsOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      'tokens' in token && token.tokens
        ? wordsOf(token.tokens)
        : 'text' in token && token.type !== 'html'
          ? token.text
          : '',
    )
    .join('')

/** The anchor that a heading is given, or one of its words as code hosts make it. */
function idOf(tokens: readonly Token[]): string {
  const given = tokens.map(({ raw }) => /^<a id="([a-z-]+)">$/.exec(raw)?.[1]).find(Boolean)
  const words = wordsOf(tokens)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return given ?? words.replaceAll(/^-|-$/g, '')
}

function rendererOf(writer: Writer): RendererObject {
  const { path, inline } = writer
  return {
    paragraph: ({ tokens }) => writeParagraph(writer, tokens),
    code({ text }) {
      writer.regions += 1
      return region(`${writer.chapter} ${writer.regions}`, escapeHtml(text.trimEnd()))
    },
    list({ ordered, items }) {
      const tag = ordered ? 'ol' : 'ul'
      const isChecklist = items.some(({ task }) => task)
      return `<${tag}${isChecklist ? ' class="checks"' : ''}>${items.map((item) => `<li>${this.parser.parse(item.tokens)}</li>`).join('')}</${tag}>`
    },
    checkbox: () => '',
    heading: ({ tokens, depth }) => `<h${depth} id="${escapeHtml(idOf(tokens))}">${inline(tokens)}</h${depth}>`,
    html({ text }) {
      if (/^\s*(<a id="[a-z-]+">|<\/a>)\s*$/.test(text)) return ''
      throw new Error(`${path}: HTML that is no anchor: ${text}`)
    },
    table: (table) => writeTable(writer, table),
    link: (link) => writeLink(writer, link),
    image: (image) => writePicture(writer, image),
  }
}

/** Text that scrolls by itself, by keyboard too. */
const region = (label: string, html: string): string =>
  `<pre class="code" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><code>${html}</code></pre>`

/** The file that a link of this document leads to. */
const targetOf = ({ path }: Writer, href: string): string => resolve(dirname(path), href.split('#')[0] ?? '')

function writeParagraph(writer: Writer, tokens: Token[]): string {
  const { path, inline, library } = writer
  const [only, more] = tokens
  if (only?.type !== 'link' || more !== undefined) return `<p>${inline(tokens)}</p>`
  const target = targetOf(writer, only.href)
  // the same document in the other language: pages have a switch for that
  if (target !== path && library.addresses.has(target) && library.addresses.get(target) === library.addresses.get(path))
    return ''
  return library.programs.has(target)
    ? writeProgram(writer, inline(only.tokens ?? []), basename(target))
    : `<p>${inline(tokens)}</p>`
}

/** A program behind its title; the first of a chapter is open. */
function writeProgram(writer: Writer, title: string, name: string): string {
  writer.programs += 1
  return `<details class="example"${writer.programs === 1 ? ' open=""' : ''}><summary>${title} <code>${escapeHtml(name)}</code></summary>${region(name, placeOf(name))}</details>`
}

/** A table that becomes cards on a narrow screen; every cell then says which column it is of. */
function writeTable({ inline }: Writer, { header, rows }: Tokens.Table): string {
  const labels = header.map(({ tokens }) => wordsOf(tokens))
  const head = header.map(({ tokens }) => `<th scope="col" role="columnheader">${inline(tokens)}</th>`).join('')
  const cell = ({ tokens }: Tokens.TableCell, at: number): string => {
    if (at === 0) return `<th scope="row" role="rowheader" class="all">${inline(tokens)}</th>`
    return `<td role="cell" class="all" data-label="${escapeHtml(labels[at] ?? '')}">${inline(tokens)}</td>`
  }
  const body = rows.map((cells) => `<tr role="row">${cells.map(cell).join('')}</tr>`).join('')
  return `<table class="table" role="table"><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table>`
}

function writeLink(writer: Writer, { href, tokens }: Tokens.Link): string {
  const words = writer.inline(tokens)
  const address = writer.library.addresses.get(targetOf(writer, href))
  if (/^(https?:|mailto:|#)/.test(href)) return `<a href="${escapeHtml(href)}">${words}</a>`
  // a file of the repository that is no document is named, and leads nowhere
  return address ? `<a href="${escapeHtml(address + (/#.*/.exec(href)?.[0] ?? ''))}">${words}</a>` : words
}

function writePicture(writer: Writer, { href, text }: Tokens.Image): string {
  const target = targetOf(writer, href)
  if (!writer.library.pictures.has(target)) throw new Error(`${writer.path}: ${href} is not there`)
  const address = `/docs/img/${basename(target)}`
  // on a narrow screen it is looked at by itself
  return `<a href="${address}"><img class="figure" src="${address}" alt="${escapeHtml(text)}" loading="lazy"></a>`
}
