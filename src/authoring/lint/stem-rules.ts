import { definitionOf } from '../../item/definition-of.ts'
import { foldText } from '../../item/typed-answer.ts'
import { error, type Said, say, warning } from '../diagnostic.ts'
import { writtenTypeOf } from '../written-types.ts'
import type { Subject } from './subject.ts'

const NEGATIVE =
  /(?:でない|ではない|しない|できない|ならない|いけない|誤っている|誤った|間違っている|不適切な|不要な|正しくない|当てはまらない|含まれない)(?:もの|の|文|項目|説明|行動|対応|記述|組合せ|案)(?:は|を|が|の|と|に|$)|\b(?:not|except|least|incorrect)\b/i
const QUESTION =
  /[?？]|か。|(?:なさい|ください|下さい|せよ|選べ|答えよ|求めよ|選ぼう|ましょう|すること)[。.]?|どれ|どちら|何|いくつ|いくら|[。.:：]\s*$|\b(?:which|what|who|how|choose|select|pick|find|enter|match|arrange|put|fill)\b/i
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

const stem = (subject: Subject, rule: string, message: Said, suggestion?: Said) => subject.report(subject.at.stem, warning(rule, message, suggestion))

/** A negative question is misread under stress unless the negation stands out. */
function lintNegative(subject: Subject): void {
  const { question, wording, item } = subject
  if (!writtenTypeOf(item.type).lint.options) return
  const asked = question.split('\n').at(-1) ?? ''
  const word = NEGATIVE.exec(asked)?.[0]
  if (!word) return
  const strong = [...wording.stem.html.matchAll(/<strong>(.*?)<\/strong>/g)].map((match) => (match[1] as string).replaceAll('<wbr>', '')).join(' ')
  if (!/ない|誤|間違|不適切|不要|\bnot\b|except|least|incorrect/i.test(strong))
    stem(
      subject,
      'stem/negative-unmarked',
      say(`否定の問い（「${word}」）が目立ちません`, `the negative "${word}" does not stand out`),
      say('否定の語を「**」で太字にするか、肯定で問うてください', 'put the negation in bold, or ask positively'),
    )
}

function lintQuestion(subject: Subject): void {
  const { question, item } = subject
  if (!writtenTypeOf(item.type).lint.asks || QUESTION.test(question)) return
  stem(
    subject,
    'stem/no-question',
    say('何を答えるのかが、問題文に書かれていません', 'the stem does not say what to answer'),
    say('「〜はどれですか。」「〜を選びなさい。」のように問うてください', 'end with a question or an instruction'),
  )
}

function lintLength(subject: Subject): void {
  const { stemText, variant } = subject
  const most = LONGEST_STEM[variant.locale]
  if (stemText.length > most)
    stem(
      subject,
      'stem/verbose',
      say(`問題文が${stemText.length}字あります（目安は${most}字まで）`, `the stem has ${stemText.length} characters; at most ${most} is usual`),
      say('答えに要らない部分を削ってください', 'cut what the answer does not need'),
    )
  if (variant.locale !== 'ja') return
  const longest = subject.question.split(/[。？?\n]/).reduce((most, sentence) => (sentence.length > most.length ? sentence : most), '')
  if (longest.length > LONGEST_SENTENCE)
    stem(
      subject,
      'ja/readability',
      say(`一文が${longest.length}字あります：${longest.slice(0, 20)}…`, `a sentence of ${longest.length} characters: ${longest.slice(0, 20)}…`),
      say('文を分けてください', 'split it'),
    )
}

/** Whether the question itself gives the answer away. */
function lintAnswerInStem(subject: Subject): void {
  const { key } = subject.wording.secret
  const text = foldText(subject.stemText)
  const accepted = definitionOf(key.type)
    .acceptedIn?.(key)
    .find((answer) => foldText(answer).length >= 2 && text.includes(foldText(answer)))
  if (accepted !== undefined) return stem(subject, 'leak/answer-in-stem', say(`正解「${accepted}」が問題文にあります`, `the answer "${accepted}" stands in the stem`))
  const { lint } = writtenTypeOf(subject.item.type)
  const told = lint.answerInStem?.(subject)
  if (told) return stem(subject, 'leak/answer-in-stem', told)
  const right = subject.right.length === 1 ? subject.options[subject.right[0] as number] : undefined
  // a number or a short word of the stem is often rightly among the options
  if (!right || !lint.options || right.text.length < SHORT_ANSWER || /^[\d,.]+\D{0,4}$/.test(right.text)) return
  const question = foldText(subject.question)
  if (question.includes(foldText(right.text)) && !subject.options.some((option) => option !== right && question.includes(foldText(option.text))))
    stem(subject, 'leak/answer-in-stem', say('正解の選択肢だけが、問題文にそのまま出てきます', 'the key, and no distractor, stands in the stem word for word'))
}

/** The file name is not shown, but a name such as `answer.png` says that the picture may hold the answer. */
function lintImages(subject: Subject): void {
  for (const match of subject.variant.source.stem.matchAll(/!\[([^\]]*)\]\(([^)\s]+)/g)) {
    const name = (match[2] as string).split('/').at(-1) ?? ''
    const right = subject.right.length === 1 ? (subject.options[subject.right[0] as number]?.text ?? '') : ''
    if (/answer|correct|right|kotae|seikai|正解|答/i.test(name) || (right.length >= 2 && (foldText(match[1] as string).includes(foldText(right)) || foldText(name).includes(foldText(right)))))
      subject.report(
        subject.at.stem,
        error(
          'leak/asset-name',
          say(`画像の名前か説明が、正解を示しています：${name}`, `the name or description of an image tells the answer: ${name}`),
          say('名前と説明を中立にしてください', 'use a neutral name and description'),
        ),
      )
  }
}
