import { readdir, readFile } from 'node:fs/promises'
import { lexer, type Token, type Tokens, walkTokens } from 'marked'

export const LANGUAGES = ['en', 'ja'] as const

/** Everything that is written for people beside the code, by path. */
export async function documentFiles(): Promise<string[]> {
  const below = async (folder: string) =>
    (await readdir(folder, { recursive: true }))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`)
  return [
    'README.md',
    'exams/README.md',
    'exams/README.en.md',
    'src/verify/README.md',
    ...(await below('.github')),
    ...(await below('src/docs')),
  ].sort()
}

/** A Markdown file in pieces. */
export interface ReadDocument {
  readonly text: string
  readonly tokens: readonly Token[]
  /** The anchors of its headings that are given one, in order. */
  readonly anchors: readonly string[]
  /** Where its links and pictures lead, as written. */
  readonly links: readonly { readonly href: string; readonly text: string }[]
  /** Its fenced blocks of a language, those in lists too. */
  fences(language: string): readonly string[]
  /** The tables below the heading with this anchor, up to the next one with an anchor: rows of cells without marks. */
  tables(anchor: string): readonly (readonly (readonly string[])[])[]
}

const ANCHOR = /<a id="([a-z-]+)">/g

const plain = (cell: Tokens.TableCell): string => cell.text.replaceAll('`', '')

export async function readDocument(path: string): Promise<ReadDocument> {
  const text = await readFile(path, 'utf8')
  const tokens = lexer(text)
  const links: { href: string; text: string }[] = []
  const code: Tokens.Code[] = []
  walkTokens([...tokens], (token) => {
    if (token.type === 'link' || token.type === 'image') links.push({ href: token.href, text: token.text })
    if (token.type === 'code') code.push(token as Tokens.Code)
  })
  const anchorOf = (token: Token | undefined) =>
    token?.type === 'heading' ? [...token.raw.matchAll(ANCHOR)][0]?.[1] : undefined
  return {
    text,
    tokens,
    anchors: [...text.matchAll(ANCHOR)].map(([, id = '']) => id),
    links,
    fences: (language) => code.filter(({ lang }) => lang === language).map((block) => block.text),
    tables(anchor) {
      const from = tokens.findIndex((token) => anchorOf(token) === anchor)
      if (from < 0) throw new Error(`${path} has no heading #${anchor}`)
      const rest = tokens.slice(from + 1)
      const end = rest.findIndex((token) => anchorOf(token) !== undefined)
      return rest
        .slice(0, end < 0 ? undefined : end)
        .flatMap((token) => (token.type === 'table' ? [(token as Tokens.Table).rows.map((row) => row.map(plain))] : []))
    },
  }
}

/** The first table below a heading. */
export function tableAt(document: ReadDocument, anchor: string): readonly (readonly string[])[] {
  const [table] = document.tables(anchor)
  if (!table) throw new Error(`there is no table below #${anchor}`)
  return table
}
