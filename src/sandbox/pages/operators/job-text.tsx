import type { Child } from 'hono/jsx'
import type { KindReason } from '../../detector/judge/detector.ts'
import type { Word } from '../../detector/judge/explain.ts'
import { kindTexts } from '../../detector/judge/kinds.ts'
import type { Job } from '../../job/job.ts'
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
    </section>
  )
}
