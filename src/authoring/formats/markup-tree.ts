import { Parser } from 'htmlparser2'
import { fail, ok, type Result } from '../../kernel/result.ts'

/** An element of HTML or XML: names without prefix, in small letters for HTML. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Markup[]
}

export type Markup = string | Element

/** Nobody nests this deep by hand. */
export const DEEPEST = 100
/** Elements of one text, in HTML. */
const MOST_TAGS = 50_000

interface Open {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Markup[]
}

/** Builds a tree from the events of a parser, and says when it grows out of bounds. */
export function treeBuilder(mostElements: number) {
  const root: Open = { name: '', attributes: {}, children: [] }
  const open: Open[] = [root]
  let elements = 0
  return {
    root,
    get isTooLarge() {
      return open.length > DEEPEST || elements > mostElements
    },
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      elements += 1
      const element: Open = { name, attributes, children: [] }
      ;(open.at(-1) as Open).children.push(element)
      open.push(element)
    },
    text(text: string): void {
      const { children } = open.at(-1) as Open
      if (typeof children.at(-1) === 'string') children[children.length - 1] += text
      else children.push(text)
    },
    close(): void {
      if (open.length > 1) open.pop()
    },
  }
}

/** Reads a piece of HTML as browsers do, whatever is wrong with it; refused only when it is nested or tagged beyond reason. */
export function parseHtml(html: string): Result<readonly Markup[], 'too-large'> {
  const tree = treeBuilder(MOST_TAGS)
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        tree.open(name, attributes)
        if (tree.isTooLarge) parser.pause()
      },
      ontext: (text) => tree.text(text),
      onclosetag: () => tree.close(),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.write(html)
  if (tree.isTooLarge) return fail('too-large')
  parser.end()
  return ok(tree.root.children)
}

/** All text below, as one line. */
export const textOf = (markup: Markup): string =>
  typeof markup === 'string' ? markup : markup.children.map(textOf).join('')

/** The first element of this name anywhere below. */
export function findElement(children: readonly Markup[], name: string): Element | undefined {
  for (const child of children) {
    if (typeof child === 'string') continue
    const found = child.name === name ? child : findElement(child.children, name)
    if (found) return found
  }
  return undefined
}

export const elementsOf = (element: Element, name?: string): Element[] =>
  element.children.filter(
    (child): child is Element => typeof child !== 'string' && (name === undefined || child.name === name),
  )
