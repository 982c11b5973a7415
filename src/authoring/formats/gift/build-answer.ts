import type { ItemType, Locale } from '../../../item/item.ts'
import type { AnswerSource, OptionSource } from '../../bank-source.ts'
import { type Said, say } from '../../said.ts'
import { placeholderEssay } from '../../types/essay.ts'
import { trueFalseOptions } from '../../types/true-false.ts'
import { escapeAnswer } from '../escape-markdown.ts'
import { type Loss, loss } from '../exchange.ts'
import { holdsWildcard, literalAnswer } from '../moodle/question.ts'
import { pairsAnswer } from '../pairs-answer.ts'
import type { ReadWords } from '../pill-words.ts'
import { decodeGift, type GiftText } from './gift-text.ts'
import { type GiftAnswer, readNumber } from './parse-answers.ts'
import type { GiftQuestion } from './parse-gift.ts'
import { type TextContext, textAsMarkdown } from './text-as-markdown.ts'

/** The answer of a question as an item of ours has it. */
export interface Built {
  readonly answer: AnswerSource
  /** Where the form alone does not tell. */
  readonly type?: ItemType
  readonly partial?: boolean
  /** Whether the stem goes on after the braces. */
  readonly hasGap: boolean
  /** What stands in the gaps, in the order of the text. */
  readonly gaps?: readonly string[]
  /** Comments on single answers, for the rationale. */
  readonly comments: readonly string[]
}

export interface AnswerContext extends TextContext {
  readonly locale: Locale
  readonly words: ReadWords
  /** The number of a gap, where there is one. */
  readonly ref: string
}

/** Builds the answer, or says in the losses why there is none. */
export function buildAnswer(question: GiftQuestion, context: AnswerContext): Built | undefined {
  const { answers } = question
  const { locale, losses, words } = context
  switch (answers.kind) {
    case 'description':
      return leaveOut(losses, 'unsupported', say('exchange.noAnswers'))
    case 'unsupported':
      return leaveOut(losses, 'unsupported', say('exchange.noSuchGiftType', { mark: answers.mark }))
    case 'essay':
      losses.push(loss('rubric', say('exchange.noRubric'), ['answer']))
      return { ...around(question, context), answer: placeholderEssay(locale, words.length), comments: [] }
    case 'true-false': {
      const comments = answers.feedback.map((text) => textAsMarkdown(text, context)).filter((text) => text !== '')
      noteComments(comments, losses)
      return {
        ...around(question, context),
        answer: { form: 'options', options: trueFalseOptions(answers.isTrue, locale) },
        type: 'true-false',
        comments,
      }
    }
    case 'numeric':
      return buildNumeric(question, answers.answers, context)
    case 'match': {
      const pairs = answers.pairs.map(
        ({ left, right }) =>
          [
            textAsMarkdown(left, context),
            textAsMarkdown(
              words.pills.type === undefined ? { format: 'plain', text: right } : { text: right },
              context,
            ),
          ] as const,
      )
      if (words.pills.type === 'order')
        return {
          ...around(question, context),
          answer: { form: 'rows', rows: pairs.map(([, right]) => right) },
          comments: [],
        }
      const built = pairsAnswer(pairs, words.columns, locale, losses)
      return (
        built && {
          ...(built.table === undefined ? around(question, context) : { hasGap: true, gaps: [built.table] }),
          answer: built.answer,
          comments: [],
        }
      )
    }
    case 'short':
      return buildShort(question, answers.answers, context)
    case 'choice':
      return buildChoice(question, answers.answers, context)
    default:
      return answers satisfies never
  }
}

/** Builds the answer of a text with a gap for each of its answers. */
export function buildGaps(question: GiftQuestion, context: AnswerContext): Built | undefined {
  const { losses, words } = context
  const asCloze: ReadWords = { ...words, pills: { ...words.pills, type: 'cloze' } }
  const built = [question.answers, ...question.further.map(({ answers }) => answers)].map((answers, i) =>
    buildAnswer({ ...question, answers }, { ...context, words: asCloze, ref: String(i + 1) }),
  )
  const blanks = built.flatMap((one) => (one?.answer.form === 'blanks' ? one.answer.blanks : []))
  if (blanks.length < built.length) return leaveOut(losses, 'unsupported', say('exchange.answersFitNoGap'))
  return {
    answer: { form: 'blanks', blanks },
    hasGap: true,
    gaps: built.flatMap((one) => one?.gaps ?? []),
    comments: built.flatMap((one) => one?.comments ?? []),
  }
}

const leaveOut = (losses: Loss[], code: Loss['code'], message: Said): undefined => {
  losses.push(loss(code, message))
}

function noteComments(comments: readonly string[], losses: Loss[]): void {
  if (comments.length > 0) losses.push(loss('feedback', say('exchange.feedbackOfAnswers')))
}

/** Whether text follows the answers, other than the end of the sentence. */
const goesOn = ({ after }: GiftQuestion): boolean => after.trim() !== ''
const endsThere = ({ after }: GiftQuestion): boolean => /^[\s.。．!?！？…]*$/.test(after)

/** A question that is no cloze of ours: what follows its answers is kept, with a line where the gap was. */
const around = (question: GiftQuestion, { locale }: AnswerContext): Pick<Built, 'hasGap' | 'gaps'> =>
  goesOn(question) && !endsThere(question)
    ? { hasGap: true, gaps: [locale === 'ja' ? '（　　）' : '\\_\\_\\_\\_\\_'] }
    : { hasGap: false }

const shownText = ({ text }: GiftText): string => decodeGift(text).replace(/\s+/g, ' ').trim()

/** Comments as lines of the rationale, each with what it is about. */
function commentsOn(
  answers: readonly GiftAnswer[],
  label: (answer: GiftAnswer, index: number) => string,
  context: AnswerContext,
): string[] {
  const comments = answers.flatMap((answer, i) => {
    const text = answer.feedback ? textAsMarkdown(answer.feedback, context) : ''
    return text === '' ? [] : [`${label(answer, i)}: ${text.replaceAll('\n', '\n  ')}`]
  })
  noteComments(comments, context.losses)
  return comments
}

const letter = (_: GiftAnswer, index: number): string => String.fromCharCode(65 + index)

function buildChoice(
  question: GiftQuestion,
  answers: readonly GiftAnswer[],
  context: AnswerContext,
): Built | undefined {
  const { losses, ref, words } = context
  const full = answers.filter(({ isRight, weight }) => isRight || weight === 100)
  const isSingle = answers.some(({ isRight }) => isRight) && full.length === 1
  const right = (answer: GiftAnswer) => (isSingle ? answer === full[0] : answer.weight > 0)
  if (!answers.some(right)) return leaveOut(losses, 'key', say('exchange.noRightAnswer'))
  if (answers.some(({ isRight }) => isRight) && full.length > 1)
    losses.push(loss('scoring', say('exchange.severalRight')))
  if (words.pills.type === undefined) noteWeights(answers, right, isSingle, losses)
  const comments = commentsOn(answers, letter, context)
  const options = answers.map(
    (answer): OptionSource => ({ text: textAsMarkdown(answer.text, context), correct: right(answer) }),
  )
  const inline = options.every(({ text }) => !/[|[\]\n]/.test(text))
  if ((words.pills.type === 'cloze' || (goesOn(question) && words.pills.type === undefined)) && isSingle && inline) {
    const gap = `[[${ref}: ${options.map(({ text }) => text).join(' | ')}]]`
    return {
      answer: {
        form: 'blanks',
        blanks: [{ ref, accepted: options.flatMap(({ text, correct }) => (correct ? [text] : [])) }],
      },
      hasGap: true,
      gaps: [gap],
      comments,
    }
  }
  return {
    ...around(question, context),
    answer: { form: 'options', options },
    type: isSingle ? 'single' : 'multiple',
    partial: !isSingle,
    comments,
  }
}

/** Our scoring knows right and wrong picks only, and with several right ones a wrong pick takes away what a right one gives. */
function noteWeights(
  answers: readonly GiftAnswer[],
  right: (answer: GiftAnswer) => boolean,
  isSingle: boolean,
  losses: Loss[],
): void {
  const even = 100 / answers.filter(right).length
  const ofWrong = isSingle ? 0 : -even
  const odd = answers.filter((answer) =>
    right(answer)
      ? Math.abs(answer.weight - even) > 0.01 && answer.weight !== 100
      : Math.abs(answer.weight - ofWrong) > 0.01,
  )
  if (odd.length === 0) return
  const named = odd.map((answer) => `${shownText(answer.text).slice(0, 30)} ${answer.weight}%`).join(', ')
  losses.push(loss('weight', say('exchange.answerWeightsLost', { weights: named })))
}

function buildShort(question: GiftQuestion, answers: readonly GiftAnswer[], context: AnswerContext): Built | undefined {
  const { losses, ref, words } = context
  const best = Math.max(...answers.map(({ weight }) => weight))
  const full = answers.filter(({ weight, text }) => weight === best && weight > 0 && shownText(text) !== '')
  if (full.length === 0) return leaveOut(losses, 'key', say('exchange.noRightAnswer'))
  const others = answers.filter((answer) => !full.includes(answer) && answer.weight > 0)
  if (others.length > 0) losses.push(partlyRight(others))
  if (best < 100) losses.push(loss('weight', say('exchange.bestAnswersBecameRight', { best })))
  if (full.some(({ text }) => holdsWildcard(shownText(text)))) losses.push(loss('scoring', say('exchange.noWildcards')))
  const comments = commentsOn(answers, ({ text }) => escapeAnswer(literalAnswer(shownText(text))), context)
  const accepted = full.map(({ text }) => escapeAnswer(literalAnswer(shownText(text))))
  if (words.pills.type === 'cloze' || (words.pills.type === undefined && goesOn(question)))
    return { answer: { form: 'blanks', blanks: [{ ref, accepted }] }, hasGap: true, gaps: [`[[${ref}]]`], comments }
  return { ...around(question, context), answer: { form: 'accepted', accepted }, comments }
}

const partlyRight = (answers: readonly GiftAnswer[]): Loss => {
  const named = answers.map(({ text, weight }) => `${shownText(text).slice(0, 30)} ${weight}%`).join(', ')
  return loss('weight', say('exchange.partialAnswersLost', { answers: named }))
}

function buildNumeric(
  question: GiftQuestion,
  answers: readonly GiftAnswer[],
  context: AnswerContext,
): Built | undefined {
  const { losses, words } = context
  const read = answers.map((answer) => ({ answer, number: readNumber(shownText(answer.text)) }))
  const full = read.filter(({ answer, number }) => answer.weight === 100 && number)
  const [first, second] = full
  if (!first?.number) return leaveOut(losses, 'key', say('exchange.noFullCreditNumber'))
  if (second) return leaveOut(losses, 'key', say('exchange.severalNumbers'))
  const others = read.filter(({ answer }) => answer !== first.answer && answer.weight > 0).map(({ answer }) => answer)
  const unread = read.filter(({ answer, number }) => answer.weight === 100 && !number)
  if (unread.length > 0)
    return leaveOut(
      losses,
      'key',
      say('exchange.answerIsNoNumber', {
        text: shownText((unread[0] as (typeof read)[number]).answer.text).slice(0, 30),
      }),
    )
  if (others.length > 0) losses.push(partlyRight(others))
  const comments = commentsOn(answers, ({ text }) => shownText(text) || '＊', context)
  return {
    ...around(question, context),
    answer: { form: 'numeric', ...first.number, unit: words.unit ?? '' },
    comments,
  }
}
