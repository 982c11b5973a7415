import type {
  ArgumentElement,
  LiteralElement,
  MessageFormatElement,
  PluralElement,
  SelectElement,
} from '@formatjs/icu-messageformat-parser'

/** A message as the build leaves it: a finished sentence, or its parts where something is filled in. */
export type Message = string | readonly Part[]

/** A part of the parser in few letters: what stands there, the name alone of what is put in as it is, a choice among parts. */
type Part = string | Name | Choice<PluralElement> | Choice<SelectElement> | Rest
type Name = readonly [name: string]
type Choice<Element> = Omit<Element, 'options'> & {
  readonly options: Readonly<Record<string, { readonly value: readonly Part[] }>>
}
type Rest = Exclude<MessageFormatElement, LiteralElement | ArgumentElement | PluralElement | SelectElement>

// the parser's own names for these are not there where a program has no use for them
const LITERAL: LiteralElement['type'] = 0
const ARGUMENT: ArgumentElement['type'] = 1

const isName = (part: Part): part is Name => Array.isArray(part)

const mapOptions = <From, To>(
  options: Readonly<Record<string, { readonly value: From }>>,
  change: (value: From) => To,
) => Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, { value: change(value) }]))

/** For the build. `elementsOf` undoes it. */
export const shortened = (elements: readonly MessageFormatElement[]): readonly Part[] =>
  elements.map((element) => {
    if (element.type === LITERAL) return element.value
    if (element.type === ARGUMENT) return [element.value]
    return 'options' in element ? { ...element, options: mapOptions(element.options, shortened) } : element
  })

/** The elements that a format is made of. */
export const elementsOf = (parts: readonly Part[]): MessageFormatElement[] =>
  parts.map((part): MessageFormatElement => {
    if (typeof part === 'string') return { type: LITERAL, value: part }
    if (isName(part)) return { type: ARGUMENT, value: part[0] }
    return 'options' in part ? { ...part, options: mapOptions(part.options, elementsOf) } : part
  })
