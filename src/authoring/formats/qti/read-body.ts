import { blocksToMarkdown, type Conversion, lineToMarkdown } from '../html-to-markdown.ts'
import { type Element, elementsOf, textOf } from '../markup-tree.ts'
import type { Gap } from './build-answer.ts'
import { allElements, bestValues, type Declaration, UNDECLARED } from './declarations.ts'
import { weightLosses } from './foreign-scoring.ts'

const INLINE = new Set(['text-entry-interaction', 'inline-choice-interaction', 'gap'])

/** Parts of an item's body that are no text of the question, nor of a choice. */
const ASIDE = new Set([
  'rubric-block',
  'feedback-block',
  'feedback-inline',
  'template-block',
  'template-inline',
  'stylesheet',
  'catalog-info',
  'companion-materials-info',
])

export interface BodyContext {
  readonly conversion: Conversion
  readonly declarations: ReadonlyMap<string, Declaration>
}

export interface ReadBody {
  readonly stem: string
  readonly gaps: readonly Gap[]
  /** The interactions that are no gaps. */
  readonly blocks: readonly Element[]
  /** Whether the only gap stands in a paragraph of its own, and what follows it there. */
  readonly isAlone: boolean
  readonly unit: string
}

/** Whether an element stands in the body, but is nothing that is read with the question: feedback gives the key away. */
export const isAside = (element: Element): boolean => ASIDE.has(element.name) && !isForCandidates(element)

/** Instructions that candidates read with the question. */
export const isForCandidates = ({ name, attributes }: Element): boolean =>
  name === 'rubric-block' && /\bcandidate\b/.test(attributes.view ?? '')

const isInteraction = ({ name }: Element): boolean => name.endsWith('-interaction')

/** Reads the question out of an item's body: gaps become `[[1]]`, other interactions leave their prompt. */
export function readBody(body: Element, tolerance: number, { conversion, declarations }: BodyContext): ReadBody {
  const interactions = allElements(body, isInteraction)
  const gapMatch = interactions.filter(({ name }) => name === 'gap-match-interaction')
  const inline = allElements(
    body,
    ({ name }) => name === 'text-entry-interaction' || name === 'inline-choice-interaction',
  )
  const blocks = interactions.filter(({ name }) => !INLINE.has(name) && name !== 'gap-match-interaction')
  const gaps: Gap[] = []
  const alone =
    inline.length === 1 && interactions.length === 1 && inline[0]?.name === 'text-entry-interaction'
      ? aloneIn(body, inline[0])
      : undefined
  const addGap = (gap: Omit<Gap, 'ref' | 'tolerance'>): string => {
    const ref = String(gaps.length + 1)
    gaps.push({ ...gap, ref, tolerance })
    return gap.choices ? `[[${ref}: ${gap.choices.join(' | ')}]]` : `[[${ref}]]`
  }
  const special = (element: Element): string | undefined => {
    const { name } = element
    if (element === alone?.paragraph) {
      addGap(textGap(inline[0] as Element, declarations))
      return ''
    }
    if (isAside(element)) return ''
    if (name === 'text-entry-interaction') return addGap(textGap(element, declarations))
    if (name === 'inline-choice-interaction') return addGap(choiceGap(element, declarations, conversion))
    if (name === 'gap-match-interaction')
      return gapMatchText(element, { declarations, conversion: { ...conversion, special }, addGap })
    if (isInteraction(element)) return promptOf(element, { ...conversion, special })
    if (name === 'object' && element.attributes.type?.startsWith('image/'))
      return blocksToMarkdown(
        [{ name: 'img', attributes: { src: element.attributes.data ?? '', alt: textOf(element) }, children: [] }],
        conversion,
      )
    return undefined
  }
  const stem = blocksToMarkdown(body.children, { ...conversion, special })
  return {
    stem,
    gaps,
    blocks: [...blocks, ...gapMatch.slice(1)],
    isAlone: alone !== undefined,
    unit: alone?.unit ?? '',
  }
}

const promptOf = (interaction: Element, conversion: Conversion): string =>
  blocksToMarkdown(
    elementsOf(interaction, 'prompt').flatMap(({ children }) => children),
    conversion,
  )

const declarationOf = (interaction: Element, declarations: ReadonlyMap<string, Declaration>): Declaration =>
  declarations.get(interaction.attributes['response-identifier'] ?? '') ?? UNDECLARED

function textGap(interaction: Element, declarations: ReadonlyMap<string, Declaration>): Omit<Gap, 'ref' | 'tolerance'> {
  const declaration = declarationOf(interaction, declarations)
  return { declaration, accepted: bestValues(declaration) }
}

function choiceGap(
  interaction: Element,
  declarations: ReadonlyMap<string, Declaration>,
  conversion: Conversion,
): Omit<Gap, 'ref' | 'tolerance'> {
  const declaration = declarationOf(interaction, declarations)
  const choices = elementsOf(interaction, 'inline-choice')
  const words = choices.map(({ children }) => lineToMarkdown(children, conversion))
  const right = choices.findIndex(({ attributes }) => attributes.identifier === bestValues(declaration)[0])
  return { declaration, choices: words, accepted: right < 0 ? [] : [words[right] as string] }
}

interface GapMatchContext {
  readonly declarations: ReadonlyMap<string, Declaration>
  readonly conversion: Conversion
  readonly addGap: (gap: Omit<Gap, 'ref' | 'tolerance'>) => string
}

/** Words to be put into gaps: each gap chooses from all of them. */
function gapMatchText(interaction: Element, { declarations, conversion, addGap }: GapMatchContext): string {
  const declaration = declarationOf(interaction, declarations)
  for (const one of weightLosses(declaration, { right: declaration.correct })) conversion.lose(one)
  const words = new Map(
    elementsOf(interaction, 'gap-text').map(({ attributes, children }) => [
      attributes.identifier ?? '',
      lineToMarkdown(children, conversion),
    ]),
  )
  const special = (element: Element): string | undefined => {
    if (element.name !== 'gap') return conversion.special?.(element)
    const pair = declaration.correct
      .map((one) => one.split(' '))
      .find(([, gap]) => gap === element.attributes.identifier)
    const accepted = words.get(pair?.[0] ?? '')
    return addGap({
      declaration: UNDECLARED,
      choices: [...words.values()],
      accepted: accepted === undefined ? [] : [accepted],
    })
  }
  const content = interaction.children.filter(
    (child) => typeof child === 'string' || !/^gap-(text|img)$/.test(child.name),
  )
  return blocksToMarkdown(
    content.flatMap((child) => (typeof child !== 'string' && child.name === 'prompt' ? child.children : [child])),
    { ...conversion, special },
  )
}

const LONGEST_UNIT = 12

/** The paragraph that holds nothing but this interaction and perhaps a unit after it. */
function aloneIn(
  body: Element,
  interaction: Element,
): { readonly paragraph: Element; readonly unit: string } | undefined {
  const [paragraph] = allElements(body, ({ children }) => children.includes(interaction))
  if (!paragraph || !/^(p|div|li|td)$/.test(paragraph.name)) return undefined
  const at = paragraph.children.indexOf(interaction)
  const others = paragraph.children.filter((child) => child !== interaction)
  if (others.some((child) => typeof child !== 'string')) return undefined
  const before = paragraph.children.slice(0, at).join('').trim()
  const unit = paragraph.children
    .slice(at + 1)
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
  return before === '' && unit.length <= LONGEST_UNIT && !/^[\d.,+-]/.test(unit)
    ? { paragraph, unit: /^[.。．;；,、!?！？]*$/.test(unit) ? '' : unit }
    : undefined
}
