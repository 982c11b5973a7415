import type { Child } from 'hono/jsx'
import type { PracticeAnswer, PracticeQuestion } from '../../../flows/practise.ts'
import { answerOf } from '../../../form/read-response.ts'
import { Document, LanguageLinks, ShapingScript, SkipLink } from '../../../platform/page/document.tsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { practiceScript, practiceStyles } from '../../assets.ts'
import { Compiled } from '../../ui/compiled.tsx'
import { Seal } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { controlTypeOf } from '../control-types.ts'
import { secondsLong } from '../exam/exam-facts.tsx'
import { studyHref, studyListHref } from '../study/study-page.tsx'
import { markOf } from '../types/control-parts.tsx'
import type { EntryProblem, FormFields } from '../types/control-type.ts'
import { TaskLinks } from './practice-page.tsx'

/** How far somebody has come stands in the address and nowhere else: a sign for each question, `1` right, `0` not yet, `-` open. */
export type Marks = string

/** Where a question is tried. */
export const questionHref = (exam: string, number: number, marks: Marks): string =>
  `/exams/${encodeURIComponent(exam)}/practice?${new URLSearchParams({ q: String(number), ...(/[01]/.test(marks) ? { marks } : {}) })}`

/** The marks of an address; none where they are not those of so many questions. */
export const readMarks = (text: string | undefined, count: number): Marks =>
  text?.length === count && /^[01-]*$/.test(text) ? text : '-'.repeat(count)

export const withMark = (marks: Marks, number: number, isRight: boolean): Marks =>
  `${marks.slice(0, number - 1)}${isRight ? 1 : 0}${marks.slice(number)}`

interface QuestionProps {
  readonly context: PageContext
  readonly question: PracticeQuestion
  readonly marks: Marks
  readonly problem?: EntryProblem | 'unanswered' | undefined
  /** What a refused form held. */
  readonly places?: FormFields
}

const Bar = ({ context: { t }, question: { exam, title, level, questions } }: QuestionProps) => (
  <header class="bar">
    <div class="barin">
      <div class="brand">
        <Seal sign={String(level)} />
        <div>
          <p class="ex">{t('practice.of', { exam: title, level: t('exam.level', { level }) })}</p>
          <p class="sec">{t('practice.openCount', { count: questions.length })}</p>
        </div>
      </div>
      <p class="chips">
        <Chip tone="hollow" icon="clock">
          {t('practice.noClock')}
        </Chip>
        <Chip tone="hollow" icon="lock">
          {t('practice.noRecord')}
        </Chip>
      </p>
      <a class="btn ghost s" href={`/exams/${encodeURIComponent(exam)}`}>
        {t('practice.finish')}
      </a>
    </div>
  </header>
)

const State = ({ context: { t }, mark }: { context: PageContext; mark: string | undefined }) =>
  mark === '1' ? (
    <span class="st ok">
      <Icon name="check" />
      <span class="unseen">{t('practice.key')}</span>
    </span>
  ) : mark === '0' ? (
    <span class="st">{t('practice.onceMore')}</span>
  ) : null

/** The questions at a glance, what differs from a paper, and the practical tasks to try. */
const Side = ({ context, question, marks }: QuestionProps) => {
  const { t } = context
  const { exam, number, questions, families, sheets, paper } = question
  return (
    <aside class="side" aria-label={t('practice.progress')}>
      <p class="pcount">
        <b>{number}</b> {t('practice.ofCount', { count: questions.length })}
      </p>
      <ol class="pnavs">
        {questions.map((type, i) => (
          <li>
            <a
              class="pnav"
              href={questionHref(exam, i + 1, marks)}
              aria-current={i + 1 === number ? 'step' : undefined}
            >
              <span class="cell" data-a={marks[i] === '-' ? undefined : ''}>
                {i + 1}
              </span>
              <span>{t(`practice.type.${type}`)}</span>
              <State context={context} mark={marks[i]} />
            </a>
          </li>
        ))}
      </ol>
      {families.length > 0 && (
        <>
          <h2>{t('practice.tasks')}</h2>
          <TaskLinks context={context} exam={exam} families={families} />
          <p class="tiny">{t('practice.materials')}</p>
        </>
      )}
      {sheets > 0 && (
        <p class="small">
          <a href={studyListHref(exam)}>{t('study.open', { count: sheets })}</a>
        </p>
      )}
      <details class="more">
        <summary>
          <Icon name="info" small />
          {t('practice.differs')}
        </summary>
        <p class="tiny">{t('practice.differsText', { time: secondsLong(t, paper.seconds), count: paper.questions })}</p>
      </details>
      <a class="btn outline full s" href={`/exams/${encodeURIComponent(exam)}#start`}>
        {t('practice.toExam')}
      </a>
      <p class="tiny langs">
        <LanguageLinks language={context.tag} here={questionHref(exam, number, marks)} offered={context.offered} />
      </p>
    </aside>
  )
}

const Turns = ({
  context: { t },
  question: { exam, number, questions },
  marks,
  done,
}: QuestionProps & { done: boolean }) => {
  const look = done ? 'btn primary' : 'btn ghost'
  return (
    <nav class="turns" aria-label={t('practice.turns')}>
      {number > 1 && (
        <a class="btn ghost" href={questionHref(exam, number - 1, marks)}>
          <Icon name="left" />
          {t('practice.previous')}
        </a>
      )}
      {number < questions.length ? (
        <a class={`${look} next`} href={questionHref(exam, number + 1, marks)}>
          {t('practice.next')}
          <Icon name="right" />
        </a>
      ) : (
        <a class={`${look} next`} href={`/exams/${encodeURIComponent(exam)}#start`}>
          {t('practice.toExam')}
          <Icon name="right" />
        </a>
      )}
    </nav>
  )
}

const Frame = (props: QuestionProps & { said?: string; done?: boolean; children?: Child }) => {
  const { context, question, said, done = false, children } = props
  const { t } = context
  const heading = t('practice.titleOf', { number: question.number, exam: question.title })
  return (
    <Document
      language={context.tag}
      title={said ? `${said}｜${heading}` : heading}
      styles={practiceStyles}
      icon="/favicon.ico"
      brand={context.brand}
      head={question.item.type === 'order' && !done ? <ShapingScript script={practiceScript} /> : undefined}
    >
      <SkipLink>{t('practice.skip')}</SkipLink>
      <Bar {...props} />
      <div class="prac">
        <main id="main">
          {children}
          <Turns {...props} done={done} />
        </main>
        <Side {...props} />
      </div>
    </Document>
  )
}

const Heading = ({ context: { t }, question: { number, item } }: QuestionProps) => (
  <h1 id="heading">
    <span class="qn">
      {t('practice.number')}
      <b>{number}</b>
    </span>
    <span class="of">{t(`practice.type.${item.type}`)}</span>
  </h1>
)

/** One open question with the control that a paper has. It is one plain form, and what is in it is kept nowhere else. */
export const QuestionPage = (props: QuestionProps) => {
  const { context, question, marks, problem, places } = props
  const { t } = context
  const { item, locale } = question
  const { Stem, Control } = controlTypeOf(item.type)
  const control = { item, given: undefined, places, locale, t }
  return (
    <Frame
      {...props}
      said={problem && (problem === 'unanswered' ? t('practice.refusedShort') : t(`problem.${problem}`))}
    >
      <Form
        class="q"
        id={item.ref}
        data-type={item.type}
        data-current
        method="post"
        action={questionHref(question.exam, question.number, marks)}
        aria-labelledby="heading"
        novalidate
        autocomplete="off"
      >
        <header class="qh">
          <Heading {...props} />
        </header>
        {problem && (
          <p class="wrong" role="alert" id="problem">
            <Icon name="alert" />
            {problem === 'unanswered' ? t('practice.unanswered') : t(`problem.${problem}`)}
          </p>
        )}
        <fieldset aria-labelledby="heading" aria-describedby={problem ? 'stem problem' : 'stem'}>
          <div class="stem" id="stem" lang={locale}>
            {Stem ? <Stem {...control} /> : <Compiled html={item.stemHtml} />}
          </div>
          {Control && <Control {...control} />}
        </fieldset>
        {item.type === 'order' && (
          <p class="unseen" role="status" data-moved={t('question.moved', { place: '{place}' })} />
        )}
        <p class="btns">
          <button class="btn primary">{t('practice.check')}</button>
        </p>
      </Form>
    </Frame>
  )
}

/** What an author wrote in a line: words in bold, and code. */
const Line = ({ text }: { text: string }) => (
  <>
    {text
      .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
      .map((piece) =>
        piece.startsWith('`') ? (
          <code>{piece.slice(1, -1)}</code>
        ) : piece.startsWith('**') ? (
          <b>{piece.slice(2, -2)}</b>
        ) : (
          piece
        ),
      )}
  </>
)

interface AnswerProps extends Omit<QuestionProps, 'question'> {
  readonly question: PracticeAnswer
}
type Part = PracticeAnswer['explained']['parts'][number]

const letters = (locale: PageContext['locale'], label: string): string =>
  /^[A-Z]$/.test(label) ? markOf(locale, label.charCodeAt(0) - 65) : label

const KeyChip = ({ context: { t } }: { context: PageContext }) => (
  <Chip tone="ok" icon="check">
    {t('practice.key')}
  </Chip>
)
const OwnChip = ({ context: { t } }: { context: PageContext }) => (
  <Chip tone="hollow" icon="person">
    {t('practice.yours')}
  </Chip>
)

/** An option: whether it is right, whether it was picked, and why. */
const OptionRow = ({
  context,
  part,
  reason,
  lang,
}: {
  context: PageContext
  part: Part
  reason: string | undefined
  lang: string
}) => (
  <li
    class="opt2"
    data-key={part.isRight ? '' : undefined}
    data-picked={part.isGiven && !part.isRight ? '' : undefined}
  >
    <span class="k">{letters(context.locale, part.label)}</span>
    <div lang={lang}>
      <p>{part.html && <Compiled html={part.html} />}</p>
      {reason && (
        <p class="why">
          <Line text={reason} />
        </p>
      )}
    </div>
    <span class="mark chips">
      {part.isRight && <KeyChip context={context} />}
      {part.isGiven && <OwnChip context={context} />}
    </span>
  </li>
)

/** A step, a row or a blank: what belongs there, what was put there, and why. */
const PlaceRow = ({
  context,
  part,
  reason,
  lang,
}: {
  context: PageContext
  part: Part
  reason: string | undefined
  lang: string
}) => {
  const { t } = context
  const isSpare = part.right === undefined
  return (
    <li
      class="opt2"
      data-key={!isSpare && part.isRight ? '' : undefined}
      data-picked={!isSpare && !part.isRight ? '' : undefined}
    >
      <span class="k">{isSpare ? '–' : part.label}</span>
      <div lang={lang}>
        <p>
          {part.html && <Compiled html={part.html} />}
          {part.html && !isSpare && <span class="arrow"> → </span>}
          {part.right}
        </p>
        {!isSpare && !part.isRight && (
          <p class="own" lang={context.locale}>
            {part.given === undefined ? t('practice.nothing') : t('practice.yoursIs', { text: part.given })}
          </p>
        )}
        {reason && (
          <p class="why">
            <Line text={reason} />
          </p>
        )}
      </div>
      <span class="mark chips">
        {isSpare ? <Chip icon="dots">{t('practice.spare')}</Chip> : part.isRight && <KeyChip context={context} />}
      </span>
    </li>
  )
}

const Typed = ({ context, question }: AnswerProps) => {
  const { explained, reasons, credit, locale, mistake } = question
  const others = reasons.mistakes.filter((one) => one !== mistake)
  return (
    <>
      <ol class="opts2">
        <li class="opt2" data-key>
          <span class="k">
            <Icon name="check" />
          </span>
          <p lang={locale}>{explained.right.join(' / ')}</p>
          <span class="mark chips">
            <KeyChip context={context} />
            {credit === 1 && <OwnChip context={context} />}
          </span>
        </li>
        {credit < 1 && (
          <li class="opt2" data-picked>
            <span class="k">
              <Icon name="person" />
            </span>
            <div>
              <p>{explained.given}</p>
              {mistake && (
                <p class="why" lang={locale}>
                  <Line text={mistake.reason} />
                </p>
              )}
            </div>
            <span class="mark chips">
              <OwnChip context={context} />
            </span>
          </li>
        )}
      </ol>
      <h2 class="sub">{context.t('practice.mistakes')}</h2>
      <dl class="kv small" lang={locale}>
        {others.map(({ answer, reason }) => (
          <div>
            <dt>{answer}</dt>
            <dd>
              <Line text={reason} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** What is right, why each option is or is not, and what was asked for. */
export const AnswerPage = (props: AnswerProps) => {
  const { context, question, marks } = props
  const { t, locale } = context
  const { item, explained, reasons, credit, skillName, study } = question
  const isRight = credit === 1
  const { Stem } = controlTypeOf(item.type)
  const Row = explained.areOptions ? OptionRow : PlaceRow
  const keys = explained.parts.filter(({ isRight: is }) => explained.areOptions && is)
  return (
    <Frame {...props} said={t(isRight ? 'practice.right1' : 'practice.notYet')} done>
      <article class="q" data-type={item.type} data-current aria-labelledby="heading">
        <header class="qh">
          <Heading {...props} />
          <a class="btn ghost s" href={questionHref(question.exam, question.number, marks)}>
            {t('practice.retry')}
          </a>
        </header>
        <div class="stem" lang={question.locale}>
          {Stem ? (
            <fieldset disabled aria-label={t('practice.yours')}>
              <Stem item={item} given={answerOf(item.type, question.response)} locale={question.locale} t={t} />
            </fieldset>
          ) : (
            <Compiled html={item.stemHtml} />
          )}
        </div>
        {explained.parts.length > 0 ? (
          <ol class="opts2">
            {explained.parts.map((part) => (
              <Row context={context} part={part} reason={reasons.of[part.label]} lang={question.locale} />
            ))}
          </ol>
        ) : (
          <Typed {...props} />
        )}
        <div class="verdict2" role="status">
          <p>
            <b>{t(isRight ? 'practice.right1' : 'practice.notYet')}</b>{' '}
            {!isRight &&
              keys.length > 0 &&
              t('practice.keyIs', { keys: keys.map(({ label }) => letters(locale, label)).join(t('list.comma')) })}
          </p>
          {reasons.text.split(/\n{2,}/).map((paragraph) => (
            <p lang={question.locale}>
              <Line text={paragraph} />
            </p>
          ))}
          {skillName && (
            <p class="tiny">
              {t('practice.measures', { skill: skillName })}
              {study !== undefined && (
                <>
                  {' '}
                  <a href={studyHref(question.exam, study)}>{t('study.sheet')}</a>
                </>
              )}
            </p>
          )}
        </div>
      </article>
    </Frame>
  )
}
