import type { ItemType } from '../../../item/item.ts'
import type { AnswerSource, Pills } from '../../bank-source.ts'
import { say } from '../../said.ts'
import { typeOfForm, writtenTypeOf } from '../../written-types.ts'
import { escapeMarkdown } from '../escape-markdown.ts'
import { type ImportedItem, loss } from '../exchange.ts'
import { foreignPills, type ReadWords, wasOurs } from '../pill-words.ts'
import type { AnswerContext, Built } from './build-answer.ts'
import { decodeGift } from './gift-text.ts'
import type { GiftQuestion } from './parse-gift.ts'
import { GAP, textAsMarkdown } from './text-as-markdown.ts'

/** An item of ours by a question and its answer; `more` are pills of a question of other hands. */
export function buildItem(
  question: GiftQuestion,
  built: Built,
  context: AnswerContext,
  more: Partial<Pills> = {},
): Omit<ImportedItem, 'source'> {
  const { words } = context
  const stem = textAsMarkdown(
    {
      ...question.stem,
      text: built.hasGap
        ? [question.stem.text, ...question.further.map(({ before }) => before), question.after].join(GAP)
        : question.stem.text.trimEnd(),
    },
    context,
  )
  let gaps = 0
  const isOwn = wasOurs(words, question.id)
  const { status } = words.pills
  if (!isOwn && status !== undefined && status !== 'draft')
    context.losses.push(loss('metadata', say('exchange.tagLost', { tag: status })))
  const general = question.generalFeedback ? textAsMarkdown(question.generalFeedback, context) : ''
  return {
    kind: 'item',
    ...(question.id === undefined ? {} : { id: question.id }),
    ...(question.category === undefined ? {} : { category: question.category }),
    isOwn,
    draft: {
      title: escapeMarkdown(decodeGift(question.name ?? '')),
      pills: pillsOf(built, words, isOwn, more),
      stem: stem.replaceAll(GAP, () => built.gaps?.[gaps++] ?? '').replace(/[ \t]+$/gm, ''),
      answer: built.answer,
      variables: [],
      rationale: [
        general,
        ...(built.comments.length > 0 ? [built.comments.map((comment) => `- ${comment}`).join('\n')] : []),
      ]
        .filter((text) => text !== '')
        .join('\n\n'),
      references: [],
      notes: '',
    },
    losses: context.losses,
  }
}

function pillsOf({ answer, type, partial }: Built, { pills }: ReadWords, isOwn: boolean, more: Partial<Pills>): Pills {
  const made = type ?? typeOf(answer)
  // what was ours once keeps what it said of itself; anything else is a draft that somebody has to look at
  if (!isOwn || pills.type === undefined)
    return {
      ...foreignPills(made, pills),
      ...(partial ? { partial } : {}),
      ...(made === 'true-false' ? { fixed: true } : {}),
      ...more,
    }
  return {
    enemies: [],
    partial: false,
    fixed: false,
    ...pills,
    type: writtenTypeOf(pills.type).form === answer.form ? pills.type : made,
  }
}

const typeOf = (answer: AnswerSource): ItemType =>
  answer.form === 'options' && answer.options.filter(({ correct }) => correct).length !== 1
    ? 'multiple'
    : typeOfForm(answer.form)
