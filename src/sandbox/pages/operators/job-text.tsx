import type { Child } from 'hono/jsx'
import { Note } from '../../../platform/page/state.tsx'
import type { Assessment, KindReason } from '../../detector/judge/detector.ts'
import type { Word } from '../../detector/judge/explain.ts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { type Kind, kinds } from '../../detector/judge/kinds.ts'
import { isOfWords, type Precedent } from '../../detector/judge/precedent.ts'
import type { Thresholds } from '../../detector/judge/prevalence.ts'
import { type Job, wholeText } from '../../job/job.ts'
import type { Label } from '../../moderation/label/store.ts'
import { payIn } from '../jobs/job-parts.tsx'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'

/** A word that adds at least this share of what the strongest adds is marked thick. */
const STRONG = 0.5

type Strength = 'strong' | 'light' | 'lowering'

const strengthOf = (word: Word, strongest: number): Strength =>
  word.weight < 0 ? 'lowering' : word.weight >= STRONG * strongest ? 'strong' : 'light'

const signed = (weight: number): string => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`

interface Marked {
  readonly words: readonly Word[]
  readonly strongest: number
}

/** One part of a post, which begins at `offset` of the whole that the words' spans count in, with the words in it marked. */
function markWords(
  { text, offset }: { readonly text: string; readonly offset: number },
  { words, strongest }: Marked,
): Child[] {
  const pieces: Child[] = []
  let at = 0
  for (const word of words) {
    const [start, end] = [word.start - offset, word.end - offset]
    if (start < at || end > text.length) continue
    pieces.push(
      text.slice(at, start),
      <mark class={`weighed ${strengthOf(word, strongest)}`}>
        {text.slice(start, end)}
        <sup>{signed(word.weight)}</sup>
      </mark>,
    )
    at = end
  }
  return [...pieces, text.slice(at)]
}

function Legend({ reader, words, strongest }: Marked & { reader: Reader }) {
  const { t } = reader
  const found = new Set(words.map((word) => strengthOf(word, strongest)))
  return (
    <p class="legend tiny">
      {(['strong', 'light', 'lowering'] as const)
        .filter((strength) => found.has(strength))
        .map((strength) => (
          <span>
            <mark class={`weighed ${strength}`}>{t(`case.${strength}.example`)}</mark> {t(`case.${strength}.meaning`)}
          </span>
        ))}
      <span>{t('case.contribution')}</span>
    </p>
  )
}

/** What a post says, with the words that weighed for a kind. */
export function JobText({ reader, job, reason }: { reader: Reader; job: Job; reason: KindReason | undefined }) {
  const { locale, t } = reader
  const words = (reason?.words ?? []).toSorted((a, b) => a.start - b.start)
  const marked = { words, strongest: words.reduce((most, { weight }) => Math.max(most, weight), 0) }
  return (
    <section class="card flow" aria-labelledby="post">
      <div class="card-head">
        <h2 id="post">{t('case.jobText')}</h2>
        <small>
          {reason && words.length > 0
            ? t('case.weighed', { kind: kindTexts[reason.kind].title[locale] })
            : t('case.nothingWeighed')}
        </small>
      </div>
      <h3 class="post-title">{markWords({ text: job.title, offset: 0 }, marked)}</h3>
      <p class="written post-body">{markWords({ text: job.body, offset: job.title.length + 1 }, marked)}</p>
      <p class="tiny queue-facts">
        <span>{reader.t(`market.category.${job.category}`)}</span>
        <span>{payIn(reader, job)}</span>
        <a href={link(locale, `/jobs/${job.id}`)}>{t('case.toJob')}</a>
      </p>
      {words.length > 0 && <Legend reader={reader} {...marked} />}
      <Noticed reader={reader} job={job} />
    </section>
  )
}

const PostWords = ({
  reader,
  post: { title, body, category, pay },
}: {
  reader: Reader
  post: Pick<Label, 'title' | 'body' | 'category' | 'pay'>
}) => (
  <>
    <h3 class="post-title">{title}</h3>
    <p class="written post-body">{body}</p>
    <p class="tiny queue-facts">
      <span>{reader.t(`market.category.${category as 'business-admin'}`)}</span>
      <span>{payIn(reader, { payType: pay.type, payAmount: pay.amount })}</span>
    </p>
  </>
)

/** What a post said when it was decided about, and folded away what its client made of it since: the decision is not about that. */
export function RewrittenPost({ reader, job, judged }: { reader: Reader; job: Job; judged: Label }) {
  const { locale, t } = reader
  const { title, body, category, payType, payAmount } = job
  return (
    <section class="card flow" aria-labelledby="post">
      <div class="card-head">
        <h2 id="post">{t('case.jobText')}</h2>
        <small>{t('case.asDecided')}</small>
      </div>
      <PostWords reader={reader} post={judged} />
      <details class="quiet-fold">
        <summary>{t('case.rewritten')}</summary>
        <div class="flow">
          <PostWords reader={reader} post={{ title, body, category, pay: { type: payType, amount: payAmount } }} />
          <p class="tiny">
            <a href={link(locale, `/jobs/${job.id}`)}>{t('case.toJob')}</a>
          </p>
        </div>
      </details>
    </section>
  )
}

/** The stretch of a long post that the detector noticed, and whether any of it could not be read. */
function Noticed({ reader, job }: { reader: Reader; job: Job }) {
  const { t } = reader
  const { stretch, unreadable } = job.assessment
  return (
    <>
      {stretch && (
        <div class="flow">
          <h3>{t('case.stretch')}</h3>
          <blockquote class="typed">{wholeText(job).slice(stretch.start, stretch.end).trim()}</blockquote>
        </div>
      )}
      {unreadable && (
        <Note tone="wait" icon="eye" title={t('case.unreadable')}>
          <p>{t('case.unreadableText')}</p>
        </Note>
      )}
    </>
  )
}

/** The earlier case that a post repeats, and the stretch that does. */
export function Repeats({ reader, job, precedent }: { reader: Reader; job: Job; precedent: Precedent }) {
  const { locale, t } = reader
  return (
    <Note tone="wait" icon="copy" title={t('case.repeats.title', { how: precedent.how })}>
      {isOfWords(precedent.how) && (
        <blockquote class="typed">{wholeText(job).slice(precedent.start, precedent.end)}</blockquote>
      )}
      <p>{t(precedent.how === 'alike' ? 'case.repeats.alikeText' : 'case.repeats.text')}</p>
      <p class="tiny queue-facts">
        {precedent.how !== 'writer' && (
          <span>{t('case.repeats.share', { share: Math.round(100 * precedent.similar) })}</span>
        )}
        <a href={link(locale, `/operators/subjects/${precedent.case}`)}>{t('case.repeats.see')}</a>
      </p>
    </Note>
  )
}

/** Kinds below this are folded away, but for the likeliest. */
const LIKELY = 0.05
const ALWAYS_SHOWN = 3

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

/** A probability as a bar, with the mark from which it would be queued. */
const Bar = ({ share, mark }: { share: number; mark: number | undefined }) => (
  <svg class={mark !== undefined && share >= mark ? 'meter probability over' : 'meter probability'} aria-hidden="true">
    <rect width={percent(share)} height="100%" />
    {mark !== undefined && <line x1={percent(mark)} x2={percent(mark)} y1="0" y2="100%" />}
  </svg>
)

interface SuspicionView {
  readonly reader: Reader
  readonly assessment: Assessment
  readonly thresholds: Thresholds | undefined
  /** Address of the case; a kind with words to show is added to it. */
  readonly path: string
  readonly chosen: Kind | undefined
}

function Row({ view, kind, mark }: { view: SuspicionView; kind: Kind; mark: number | undefined }) {
  const { reader, assessment, path, chosen } = view
  const title = kindTexts[kind].title[reader.locale]
  const explained = assessment.reasons.some((reason) => reason.kind === kind && reason.words.length > 0)
  return (
    <div>
      <dt>
        {explained && kind !== chosen ? (
          <a href={link(reader.locale, path, { kind })}>
            {title}
            <span class="unseen">{` ${reader.t('case.whichWords')}`}</span>
          </a>
        ) : kind === chosen ? (
          <b>{title}</b>
        ) : (
          title
        )}
      </dt>
      <dd>{assessment.probability[kind].toFixed(2)}</dd>
      <dd aria-hidden="true">
        <Bar share={assessment.probability[kind]} mark={mark} />
      </dd>
    </div>
  )
}

/** What the detector thinks a post might be: no judgement, and it says so. */
export function Suspicion(view: SuspicionView) {
  const { reader, assessment, thresholds } = view
  const { t } = reader
  // a kind that is so likely is enough for the queue by itself
  const mark = thresholds?.queue
  const sorted = kinds.toSorted((a, b) => assessment.probability[b] - assessment.probability[a])
  const shown = sorted.filter((kind, at) => at < ALWAYS_SHOWN || assessment.probability[kind] >= LIKELY)
  const folded = sorted.filter((kind) => !shown.includes(kind))
  return (
    <section class="card flow plain-words" aria-labelledby="suspicion">
      <h2 id="suspicion">{t('case.probabilities')}</h2>
      <dl class="probabilities">
        {shown.map((kind) => (
          <Row view={view} kind={kind} mark={mark} />
        ))}
      </dl>
      <dl class="kv sums">
        <div>
          <dt>{t('case.anyKind')}</dt>
          <dd>{assessment.any.toFixed(2)}</dd>
        </div>
      </dl>
      <p class="tiny">
        {mark !== undefined && `${t('case.mark')} `}
        <b>{t('case.notAJudgement')}</b>
      </p>
      {folded.length > 0 && (
        <details class="quiet-fold">
          <summary class="tiny">{t('case.otherKinds')}</summary>
          <dl class="probabilities">
            {folded.map((kind) => (
              <Row view={view} kind={kind} mark={mark} />
            ))}
          </dl>
        </details>
      )}
      <p class="tiny queue-facts">
        <span>{t('case.model', { version: assessment.modelVersion })}</span>
        <a href={link(reader.locale, '/operators/detector')}>{t('case.accuracy')}</a>
      </p>
    </section>
  )
}
