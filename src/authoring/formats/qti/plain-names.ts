import type { Element, Markup } from '../markup-tree.ts'

/** `choiceInteraction` (2.x) and `qti-choice-interaction` (3.0) are one. */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
const plainName = (name: string): string => (name.startsWith('qti-') ? name.slice(4) : kebab(name))

/** A tree in which the names of all versions are those of 3.0 without their prefix. Formulas keep theirs. */
export function withPlainNames(element: Element): Element {
  if (element.name === 'math' || element.name === 'svg') return element
  return {
    name: plainName(element.name),
    attributes: Object.fromEntries(
      Object.entries(element.attributes).map(([name, value]) => [name.startsWith('xml:') ? name : kebab(name), value]),
    ),
    children: element.children.map((child): Markup => (typeof child === 'string' ? child : withPlainNames(child))),
  }
}

/** All elements below for which something holds, in the order of the document; not those within one that was found. */
export function allElements(element: Element, holds: (one: Element) => boolean): Element[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : holds(child) ? [child] : allElements(child, holds),
  )
}
