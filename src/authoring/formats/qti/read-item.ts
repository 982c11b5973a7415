import type { Locale } from '../../../item/item.ts'
import type { AnswerSource, Pills } from '../../bank-source.ts'
import { say } from '../../said.ts'
import { type EssayAnswer, essayByRubric } from '../../types/essay.ts'
import { typeOfForm, writtenTypeOf } from '../../written-types.ts'
import { escapeMarkdown } from '../escape-markdown.ts'
import { type ImportedItem, type LeftOut, type Loss, loss } from '../exchange.ts'
import { blocksToMarkdown, type Conversion, lineToMarkdown } from '../html-to-markdown.ts'
import { type Element, elementsOf, findElement, type Markup, textOf } from '../markup-tree.ts'
import { foreignPills, pillOfPoints, type ReadWords } from '../pill-words.ts'
import { type Built, buildAnswer, buildGaps } from './build-answer.ts'
import { allElements, readDeclarations, UNDECLARED, withPlainNames } from './declarations.ts'
import { pointsOf } from './foreign-scoring.ts'
import { isAside, isForCandidates, type ReadBody, readBody } from './read-body.ts'
import { BLOCKS, TOOL } from './write-scoring.ts'

export interface ItemContext {
  /** Path in the package, or the file's name. */
  readonly source: string
  readonly locale: Locale
  readonly words: ReadWords
  /** The path below `assets/` of a picture of the package, by its address in the item. */
  readonly image: (src: string) => string | undefined
  /** A passage that several items share, by its address in the item. */
  readonly stimulus: (href: string) => Element | undefined
}

/** Characters of a question with its options; no item of ours may be nearly as long. */
const LONGEST_BODY = 200_000

/** Reads an assessment item of QTI 3.0, 2.2 or 2.1. */
export function readItem(root: Element, context: ItemContext): ImportedItem | LeftOut {
  const item = withPlainNames(root)
  const losses: Loss[] = []
  const source =
    item.attributes.identifier === undefined
      ? context.source
      : `${context.source} “${item.attributes.identifier.slice(0, 60)}”`
  const leftOut = (...more: readonly Loss[]): LeftOut => ({ kind: 'left-out', source, losses: [...losses, ...more] })
  const [body] = elementsOf(item, 'item-body')
  if (body && textOf(body).length > LONGEST_BODY) return leftOut(loss('unsupported', say('exchange.bodyTooLong')))
  if (!body) return leftOut(loss('syntax', say('exchange.noItemBody')))
  if (elementsOf(item, 'template-declaration').length > 0 || findElement(item.children, 'printed-variable'))
    return leftOut(loss('parametric', say('exchange.templateVariables')))
  const conversion: Conversion = {
    image: context.image,
    special: (element) => (isAside(element) ? '' : undefined),
    lose: (one) => losses.push(one),
  }
  const isOwn = item.attributes['tool-name'] === TOOL
  const declarations = readDeclarations(item)
  const read = readBody(body, toleranceOf(item), { conversion, declarations })
  const [interaction, second] = read.blocks
  if ((interaction && read.gaps.length > 0) || second)
    return leftOut(loss('unsupported', say('exchange.severalInteractions')))
  if (!interaction && read.gaps.length === 0) return leftOut(loss('unsupported', say('exchange.noInteraction')))
  const declaration = interaction && declarations.get(interaction.attributes['response-identifier'] ?? '')
  const built = interaction
    ? buildAnswer(interaction, {
        declaration: declaration ?? UNDECLARED,
        conversion,
        words: context.words,
        locale: context.locale,
        losses,
      })
    : buildGaps(read.gaps, read.isAlone, context.words.unit ?? read.unit, losses)
  if (!built) return leftOut()
  if (!isOwn) nameForeign(item, context, losses)
  const secrets = readSecrets(item, body, isOwn, conversion, losses)
  const answer = built.answer.form === 'essay' ? essayOf(built.answer, secrets, losses) : built.answer
  const passages = elementsOf(item, 'assessment-stimulus-ref').map(({ attributes }) =>
    passageOf(attributes.href ?? '', context, conversion),
  )
  return {
    kind: 'item',
    source,
    ...(item.attributes.identifier === undefined ? {} : { id: item.attributes.identifier }),
    isOwn,
    draft: {
      title: titleOf(item, isOwn),
      pills: {
        ...(isOwn ? {} : pillOfPoints(pointsOf(item, declarations.values()), answer, losses)),
        ...pillsOf({ ...built, answer }, context.words, isOwn),
      },
      stem: `${[...passages, stemOf(read, answer, context.locale)].filter((text) => text !== '').join('\n\n')}${built.table ?? ''}`,
      answer,
      variables: [],
      rationale: secrets.rationale,
      references: secrets.references,
      notes: secrets.notes,
    },
    losses,
  }
}

/** The only gap of a numeric item in running text is a line there: its answer is asked for below. */
const stemOf = ({ stem }: ReadBody, { form }: AnswerSource, locale: Locale): string =>
  form === 'numeric' ? stem.replace('[[1]]', locale === 'ja' ? '（　　）' : '\\_\\_\\_\\_\\_') : stem

function titleOf({ attributes: { title = '', identifier } }: Element, isOwn: boolean): string {
  const line = title.replace(/\s+/g, ' ').trim()
  return isOwn ? (line === identifier ? '' : line) : escapeMarkdown(line)
}

/** The margin of a numeric answer: an `equal` in the response processing tells it. */
function toleranceOf(item: Element): number {
  const equal = allElements(
    item,
    ({ name, attributes }) => name === 'equal' && attributes['tolerance-mode'] === 'absolute',
  )[0]
  const [margin = 0] = (equal?.attributes.tolerance ?? '').split(/\s+/).map(Number)
  return Number.isFinite(margin) && margin > 0 ? margin : 0
}

const TEMPLATE = /(match_correct|map_response|map_response_point|CC2_match(_basic)?|CC2_map_response)(\.xml)?$/

/** Parts of items of other hands that have no place in ours. */
function nameForeign(item: Element, { locale, words }: ItemContext, losses: Loss[]): void {
  const { status } = words.pills
  if (status !== undefined && status !== 'draft')
    losses.push(loss('metadata', say('exchange.keywordLost', { word: status })))
  const processing = elementsOf(item, 'response-processing')[0]
  if (
    processing &&
    !TEMPLATE.test(processing.attributes.template ?? '') &&
    processing.children.some((child) => typeof child !== 'string')
  )
    losses.push(loss('scoring', say('exchange.responseProcessingLost')))
  if (item.attributes.adaptive === 'true') losses.push(loss('scoring', say('exchange.adaptiveBecameSingle')))
  for (const name of ['stylesheet', 'catalog-info', 'companion-materials-info'])
    if (findElement(item.children, name)) losses.push(loss('metadata', say('exchange.partLost', { name })))
  const language = item.attributes['xml:lang']?.slice(0, 2).toLowerCase()
  if (language && language !== locale)
    losses.push(loss('metadata', say('exchange.languageDiffers', { language, locale })))
}

interface Secrets {
  readonly rationale: string
  readonly references: readonly string[]
  readonly notes: string
  /** The table of an essay's rubric as Markdown. */
  readonly rubric: string
  readonly model: string
}

/** What candidates do not see before they answer: feedback and rubric blocks. */
function readSecrets(item: Element, body: Element, isOwn: boolean, conversion: Conversion, losses: Loss[]): Secrets {
  const blocks = (nodes: readonly Markup[]) => blocksToMarkdown(nodes, conversion)
  const feedback = allElements(item, ({ name }) => /^(modal-feedback|feedback-block|feedback-inline)$/.test(name))
  const said = feedback.map((one) => blocks(one.children)).filter((text) => text !== '')
  if (said.length > 0 && !isOwn) losses.push(loss('feedback', say('exchange.feedbackOnResponses')))
  const rubrics = allElements(body, ({ name }) => name === 'rubric-block').filter((block) => !isForCandidates(block))
  const own = (className: string) =>
    isOwn ? rubrics.find(({ attributes }) => attributes.class === className) : undefined
  const list = own(BLOCKS.references) && findElement(own(BLOCKS.references)?.children ?? [], 'ul')
  const others = rubrics.filter(
    ({ attributes }) => !isOwn || !(Object.values(BLOCKS) as string[]).includes(attributes.class ?? ''),
  )
  if (others.length > 0) losses.push(loss('rubric', say('exchange.rubricBlocksBecameNotes')))
  const notes = own(BLOCKS.notes)
  return {
    rationale: said.join('\n\n'),
    references: list ? elementsOf(list, 'li').map(({ children }) => lineToMarkdown(children, conversion)) : [],
    notes: [...(notes ? [blocks(notes.children)] : []), ...others.map(({ children }) => blocks(children))]
      .filter((text) => text !== '')
      .join('\n\n'),
    rubric: blocks(own(BLOCKS.rubric)?.children ?? []),
    model: blocks(own(BLOCKS.model)?.children ?? []),
  }
}

function essayOf(stand: EssayAnswer, { rubric, model }: Secrets, losses: Loss[]): EssayAnswer {
  const read = essayByRubric(rubric, stand, model)
  if (read) return read
  losses.push(loss('rubric', say('exchange.noRubric'), ['answer']))
  return { ...stand, model }
}

function passageOf(href: string, { stimulus }: ItemContext, conversion: Conversion): string {
  const passage = stimulus(href)
  if (passage)
    return blocksToMarkdown(
      elementsOf(withPlainNames(passage), 'stimulus-body').flatMap(({ children }) => children),
      conversion,
    )
  conversion.lose(loss('media', say('exchange.passageMissing', { href: href.slice(0, 60) })))
  return ''
}

function pillsOf({ answer, type, partial, fixed }: Built, { pills }: ReadWords, isOwn: boolean): Pills {
  const made = type ?? typeOfForm(answer.form)
  const marks = {
    ...(partial ? { partial } : {}),
    ...((fixed || made === 'true-false') && answer.form === 'options' ? { fixed: true } : {}),
  }
  if (!isOwn || pills.type === undefined) return { ...foreignPills(made, pills), ...marks }
  return {
    enemies: [],
    partial: false,
    fixed: false,
    ...pills,
    type: writtenTypeOf(pills.type).form === answer.form ? pills.type : made,
  }
}

/** Whether an XML document is an item of QTI 2 or 3. */
export const isItem = ({ name }: Element): boolean => name === 'qti-assessment-item' || name === 'assessmentItem'
