import type { Child } from 'hono/jsx'
import type { SampleQuestion } from '../../../flows/practise.ts'
import type { Front, FrontExam } from '../../../flows/read-front.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { frontStyles } from '../../assets.ts'
import { Checker } from '../../ui/checker.tsx'
import { Compiled } from '../../ui/compiled.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { periodText, Specimen } from '../exam/exam-facts.tsx'
import { markOf } from '../types/control-parts.tsx'

interface InContext {
  readonly context: PageContext
}

/** What this is, in ten seconds; beside it, the one thing that people come for who were shown a certificate. */
const Hello = ({ context, front: { sample } }: InContext & { front: Front }) => {
  const { t } = context
  return (
    <div class="opening">
      <div class="wrap hello">
        <div>
          <h1>
            <span>{t('welcome.promise')}</span> <span>{t('welcome.promiseEnd')}</span>
          </h1>
          <p class="lead">{t('welcome.lead')}</p>
          <p class="btns">
            <a class="btn primary" href="#exams">
              {t('welcome.seeExams')}
            </a>
            {sample && (
              <a class="btn ghost" href={`/exams/${encodeURIComponent(sample.exam)}/practice`}>
                {t('welcome.try', { count: sample.count })}
              </a>
            )}
          </p>
          <p class="tiny">{t('welcome.start')}</p>
        </div>
        <section class="card" aria-labelledby="check">
          <h2 id="check">
            <Icon name="shield" />
            {t('check.title')}
          </h2>
          <p class="small">{t('check.lead')}</p>
          <Checker context={context} />
        </section>
      </div>
    </div>
  )
}

const Fact = ({ name, unit, children }: { name: string; unit?: string; children: Child }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {children}
      {unit && <small>{unit}</small>}
    </dd>
  </div>
)

const Facts = ({ context: { t }, exam }: InContext & { exam: FrontExam }) => (
  <dl class="facts">
    <Fact name={t('exam.time')} unit={t('unit.minutesWord')}>
      {Math.round(exam.timeLimitSeconds / 60)}
    </Fact>
    <Fact
      name={t('exam.items')}
      unit={exam.taskCount > 0 ? t('exam.tasks', { tasks: exam.taskCount }) : t('unit.questions')}
    >
      {exam.itemCount}
    </Fact>
    <Fact name={t('exam.pass')} unit={t('exam.orMore')}>
      {exam.passScore}
    </Fact>
    <Fact name={t('exam.valid')}>
      <span class="unbroken">{periodText(t, exam.validFor)}</span>
    </Fact>
    <Fact name={t('welcome.cost')}>{t('welcome.free')}</Fact>
  </dl>
)

/** How many people pass: the interval as a band, its middle as a line. */
const Rate = ({ context: { t }, exam: { passRate } }: InContext & { exam: FrontExam }) => {
  const { rate, least } = passRate
  if (!rate) return <p class="rate">{t('welcome.tooFew', { least })}</p>
  return (
    <div class="rate">
      <p>
        {t('welcome.rate')} <b>{t('welcome.percent', { percent: rate.share })}</b>{' '}
        <small>{t('welcome.rateOf', rate)}</small>
      </p>
      <svg class="band" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="all" width="100" height="6" />
        <rect class="within" x={rate.low} width={Math.max(1, rate.high - rate.low)} height="6" />
        <rect class="mid" x={rate.share - 0.4} width=".8" height="6" />
      </svg>
    </div>
  )
}

const ExamCard = ({ context, exam }: InContext & { exam: FrontExam }) => {
  const { t } = context
  const at = `/exams/${encodeURIComponent(exam.id)}`
  return (
    <article class="card exam" aria-labelledby={`exam-${exam.id}`}>
      <div class="art">
        <Specimen context={context} exam={exam} />
      </div>
      <div class="txt">
        <h3 id={`exam-${exam.id}`}>
          <a href={at}>
            {exam.title} <span class="lv">{t('exam.level', { level: exam.level })}</span>
          </a>
        </h3>
        {exam.claim && <p class="small">{exam.claim}</p>}
        {exam.standing === 'public' && <p class="small">{t('verify.demonstration.text')}</p>}
        <ul class="topics" aria-label={t('welcome.topics')}>
          {exam.topics.map((topic) => (
            <li>{topic}</li>
          ))}
        </ul>
        <Facts context={context} exam={exam} />
        <div class="end">
          <Rate context={context} exam={exam} />
          <p class="btns">
            {exam.openCount > 0 && (
              <a class="btn ghost s" href={`${at}/practice`}>
                {t('welcome.tryOne')}
                <span class="unseen">{exam.title}</span>
              </a>
            )}
            <a class="btn outline s" href={at}>
              {t('catalogue.more')}
              <span class="unseen">{exam.title}</span>
              <Icon name="right" small />
            </a>
          </p>
        </div>
      </div>
    </article>
  )
}

const Sample = ({ context, sample }: InContext & { sample: SampleQuestion }) => {
  const { t, locale } = context
  return (
    <section aria-labelledby="sample">
      <div class="head">
        <h2 id="sample">{t('welcome.sample')}</h2>
        <p class="tiny">{t('welcome.sampleNote')}</p>
      </div>
      <div class="card sample">
        <div>
          <p class="tag">
            {sample.title} {t('exam.level', { level: sample.level })}
          </p>
          <div class="stem" lang={sample.locale}>
            <Compiled html={sample.stemHtml} />
          </div>
        </div>
        <ol class="choices">
          {sample.options.map(({ label, html, isRight }) => (
            <li data-key={isRight ? '' : undefined}>
              <span class="k">{markOf(locale, label.charCodeAt(0) - 65)}</span>
              <span lang={sample.locale}>{html && <Compiled html={html} />}</span>
              {isRight && (
                <Chip tone="ok" icon="check">
                  {t('practice.key')}
                </Chip>
              )}
            </li>
          ))}
        </ol>
        <p class="why">
          <b>{t('welcome.why')}</b> <span lang={sample.locale}>{sample.why.join(' ')}</span>
        </p>
      </div>
    </section>
  )
}

/** Three reasons to be here, each with its steps. */
const Ways = ({ context, sample }: InContext & { sample: SampleQuestion | undefined }) => {
  const { t, brand } = context
  const ways = [
    { way: 'take', icon: 'pen', steps: [1, 2, 3, 4] },
    { way: 'check', icon: 'shield', steps: [1, 2, 3] },
    { way: 'integrate', icon: 'grid', steps: [1, 2, 3] },
  ] as const satisfies readonly { way: string; icon: IconName; steps: readonly number[] }[]
  const more = {
    take: sample && <a href={`/exams/${encodeURIComponent(sample.exam)}/practice`}>{t('welcome.tryOne')}</a>,
    check: <a href="/check">{t('check.title')}</a>,
    integrate: <a href="/docs/integrate">{t('welcome.guide')}</a>,
  }
  return (
    <section class="ways" aria-label={t('welcome.ways')}>
      {ways.map(({ way, icon, steps }) => (
        <div class="card">
          <h2>
            <Icon name={icon} />
            {t(`welcome.way.${way}`)}
          </h2>
          <ol>
            {steps.map((step) => (
              <li>{t(`welcome.steps.${way}.${step as 1}`)}</li>
            ))}
          </ol>
          <p class="tiny">
            {way === 'take' && brand.name && `${t('welcome.connected')} `}
            {more[way]}
          </p>
        </div>
      ))}
    </section>
  )
}

const Trust = ({ context: { t } }: InContext) => {
  const links = {
    passScore: <a href="/about/pass-score">{t('foot.passScore')}</a>,
    ranking: <a href="/about/ranking">{t('foot.ranking')}</a>,
  }
  return (
    <section aria-labelledby="trust">
      <div class="head">
        <h2 id="trust">{t('welcome.trust')}</h2>
      </div>
      <div class="halves">
        <ul class="ticks ok card">
          {(['signed', 'revoked', 'open', 'silent'] as const).map((reason) => (
            <li>
              <Icon name="check" />
              <span>
                <b>{t(`welcome.reason.${reason}`)}</b>
                {reason === 'open' ? t.parts('welcome.reasonText.open', links) : t(`welcome.reasonText.${reason}`)}
              </span>
            </li>
          ))}
        </ul>
        <ul class="ticks card">
          {(['unwatched', 'unmeasured', 'unknown'] as const).map((limit) => (
            <li>
              <Icon name="info" />
              <span>
                <b>{t(`welcome.limit.${limit}`)}</b>
                {t(`welcome.limitText.${limit}`)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** What everybody reads who is not signed in: what this is, whether a certificate is genuine, and what the exams are. */
export const FrontPage = ({ context, front }: InContext & { front: Front }) => {
  const { t } = context
  return (
    <Page context={context} title={t('welcome.title')} styles={frontStyles} tab="/">
      <main id="main">
        <Hello context={context} front={front} />
        <div class="wrap sections">
          <section aria-labelledby="exams">
            <div class="head">
              <h2 id="exams">{t('welcome.exams')}</h2>
              <p class="tiny">{t('welcome.examsNote')}</p>
            </div>
            <div class="stack">
              {front.exams.length === 0 && <p class="card">{t('catalogue.noneText')}</p>}
              {front.exams.map((exam) => (
                <ExamCard context={context} exam={exam} />
              ))}
            </div>
          </section>
          {front.sample && <Sample context={context} sample={front.sample} />}
          <Ways context={context} sample={front.sample} />
          <Trust context={context} />
        </div>
      </main>
    </Page>
  )
}
