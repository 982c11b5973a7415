import { definitionOf } from '../../item/definition-of.ts'
import { foldText } from '../../item/types/typed-text.ts'
import type { Instant } from '../../kernel/instant.ts'
import { error, warning } from '../diagnostic.ts'
import { type Said, say } from '../said.ts'
import { writtenTypeOf } from '../written-types.ts'
import type { Subject } from './subject.ts'
import { CHECKED, LAW, NEGATION, NEGATIVE, QUESTION, RENAMED, TELLING_NAME } from './words.data.ts'

const LONGEST_STEM = { ja: 700, en: 1_600 }
const LONGEST_SENTENCE = 120
const SHORT_ANSWER = 4

export function lintStem(subject: Subject): void {
  lintNegative(subject)
  lintQuestion(subject)
  lintLength(subject)
  lintAnswerInStem(subject)
  lintImages(subject)
}

const stem = (subject: Subject, rule: string, message: Said, suggestion?: Said) =>
  subject.report(subject.at.stem, warning(rule, message, suggestion))

/** A negative question is misread under stress unless the negation stands out. */
function lintNegative(subject: Subject): void {
  const { question, wording, item } = subject
  if (!writtenTypeOf(item.type).lint.options) return
  const asked = question.split('\n').at(-1) ?? ''
  const word = NEGATIVE.exec(asked)?.[0]
  if (!word) return
  const strong = [...wording.stem.html.matchAll(/<strong>(.*?)<\/strong>/g)]
    .map((match) => (match[1] as string).replaceAll('<wbr>', ''))
    .join(' ')
  if (!NEGATION.test(strong))
    stem(subject, 'stem/negative-unmarked', say('finding.negativeUnmarked', { word }), say('advice.boldOrPositive'))
}

function lintQuestion(subject: Subject): void {
  const { question, item } = subject
  if (!writtenTypeOf(item.type).lint.asks || QUESTION.test(question)) return
  stem(subject, 'stem/no-question', say('finding.stemAsksNothing'), say('advice.endWithQuestion'))
}

function lintLength(subject: Subject): void {
  const { stemText, variant } = subject
  const most = LONGEST_STEM[variant.locale]
  if (stemText.length > most)
    stem(subject, 'stem/verbose', say('finding.stemLong', { length: stemText.length, most }), say('advice.cutStem'))
  if (variant.locale !== 'ja') return
  const longest = subject.question
    .split(/[。？?\n]/)
    .reduce((most, sentence) => (sentence.length > most.length ? sentence : most), '')
  if (longest.length > LONGEST_SENTENCE)
    stem(
      subject,
      'ja/readability',
      say('finding.sentenceLong', { length: longest.length, start: longest.slice(0, 20) }),
      say('advice.splitSentence'),
    )
}

/** Whether the question itself gives the answer away. */
function lintAnswerInStem(subject: Subject): void {
  const { key } = subject.wording.secret
  const text = foldText(subject.stemText)
  const accepted = definitionOf(key.type)
    .acceptedIn?.(key)
    .find((answer) => foldText(answer).length >= 2 && text.includes(foldText(answer)))
  if (accepted !== undefined) return stem(subject, 'leak/answer-in-stem', say('finding.answerInStem', { accepted }))
  const { lint } = writtenTypeOf(subject.item.type)
  const told = lint.answerInStem?.(subject)
  if (told) return stem(subject, 'leak/answer-in-stem', told)
  const right = subject.right.length === 1 ? subject.options[subject.right[0] as number] : undefined
  // a number or a short word of the stem is often rightly among the options
  if (!right || !lint.options || right.text.length < SHORT_ANSWER || /^[\d,.]+\D{0,4}$/.test(right.text)) return
  const question = foldText(subject.question)
  if (
    question.includes(foldText(right.text)) &&
    !subject.options.some((option) => option !== right && question.includes(foldText(option.text)))
  )
    stem(subject, 'leak/answer-in-stem', say('finding.keyInStem'))
}

/** The file name is not shown, but a name such as `answer.png` says that the picture may hold the answer. */
function lintImages(subject: Subject): void {
  for (const match of subject.variant.source.stem.matchAll(/!\[([^\]]*)\]\(([^)\s]+)/g)) {
    const name = (match[2] as string).split('/').at(-1) ?? ''
    const right = subject.right.length === 1 ? (subject.options[subject.right[0] as number]?.text ?? '') : ''
    if (
      TELLING_NAME.test(name) ||
      (right.length >= 2 &&
        (foldText(match[1] as string).includes(foldText(right)) || foldText(name).includes(foldText(right))))
    )
      subject.report(
        subject.at.stem,
        error('leak/asset-name', say('finding.imageTellsAnswer', { name }), say('advice.neutralName')),
      )
  }
}

/** A reference older than this is looked at again; law changes every spring. */
const OLDEST_YEARS = 5

export function lintReferences(subject: Subject, now: Instant): void {
  const { wording, at, variant, item } = subject
  const { rationale, references } = wording.secret
  const report = (place = at.heading, finding = missingRationale) => subject.report(place, finding)
  if (rationale.trim() === '') report()
  const written = `${subject.stemText}\n${subject.options.map((option) => option.text).join('\n')}\n${rationale}`
  if (references.length === 0 && LAW.test(written))
    report(
      at.heading,
      warning(
        'refs/missing-law',
        say('finding.lawWithoutReferences', { law: LAW.exec(written)?.[0] ?? '' }),
        say('advice.nameTheLaw'),
      ),
    )
  for (const reference of references) {
    const renamed = RENAMED.find(([name]) => name.test(reference))
    if (renamed)
      report(
        variant.places.references,
        warning(
          'refs/stale-law',
          say('finding.lawRenamed', { was: renamed[1], now: renamed[2] }),
          say('advice.nameOfToday'),
        ),
      )
    const year = Math.max(...[...reference.matchAll(CHECKED)].map((match) => Number(match[1])))
    if (year > 0 && new Date(now).getUTCFullYear() - year >= OLDEST_YEARS)
      report(
        variant.places.references,
        warning('refs/stale-law', say('finding.referenceOld', { year }), say('advice.checkLawInForce')),
      )
  }
  if (item.reviewBy !== undefined && item.status !== 'retired' && Date.parse(`${item.reviewBy}T00:00:00Z`) <= now)
    report(
      at.heading,
      warning('item/review-due', say('finding.reviewDue', { reviewBy: item.reviewBy }), say('advice.checkAndSetDate')),
    )
}

const missingRationale = warning('rationale/missing', say('finding.noRationale'), say('advice.sayWhy'))
