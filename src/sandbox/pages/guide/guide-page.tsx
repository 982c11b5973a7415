import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { Story } from '../../flows/show-story.ts'
import { stepsTaken, storySteps } from '../../flows/show-story.ts'
import { link } from '../links.ts'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar, MarketSeal } from '../parts/seal.tsx'
import { homeStyles } from '../styles.ts'
import { type Candidate, Clock, type GuideView, MarketNow, More, StaffEntrance } from './guide-aside.tsx'
import { pageOf } from './story-buttons.tsx'
import { StorySteps } from './story-steps.tsx'

const called = ({ locale }: Reader, { name, reading }: { readonly name: string; readonly reading: string }): string =>
  locale === 'en' ? reading : name

function Choose({
  reader,
  candidates,
  primary,
}: {
  reader: Reader
  candidates: readonly Candidate[]
  primary: boolean
}) {
  const { t } = reader
  return (
    <ul class="choices">
      {candidates.map((candidate, at) => (
        <li>
          <Form method="post" action={link(reader.locale, '/tour')}>
            <button
              class={primary && at === 0 ? 'choice first' : 'choice'}
              name="worker"
              value={candidate.id}
              type="submit"
            >
              <Avatar id={candidate.id} name={candidate.name} />
              <span>
                <b>{t('guide.start', { name: called(reader, candidate) })}</b>
                <small>
                  {t('guide.chooseAbout', { page: pageOf(candidate.position), position: candidate.position })}
                </small>
              </span>
            </button>
          </Form>
        </li>
      ))}
    </ul>
  )
}

/** Whose story it is, and where they stand now. */
function Hero({ reader, story, from }: { reader: Reader; story: Story; from: number }) {
  const { t } = reader
  const { worker, position, badge, weight, reviews } = story
  const certificate =
    weight !== undefined
      ? t('guide.weightOf', { percent: weight })
      : badge
        ? t('guide.notCounted')
        : t('guide.noCertificate')
  return (
    <section class="card heroine" aria-labelledby="who">
      <Avatar id={worker.id} name={worker.name} />
      <div>
        <p class="tiny">{t('guide.now')}</p>
        <h2 id="who">
          <a href={link(reader.locale, `/workers/${worker.id}`, { category: story.category })}>
            {called(reader, worker)}
          </a>
        </h2>
      </div>
      <dl class="figures-row">
        <div>
          <dt>{t('guide.place')}</dt>
          <dd>
            {position === undefined ? t('guide.absent') : t('guide.placeOf', { page: pageOf(position), position })}
          </dd>
        </div>
        <div>
          <dt>{t('guide.certificate')}</dt>
          <dd>{certificate}</dd>
        </div>
        <div>
          <dt>{t('guide.reviews')}</dt>
          <dd>{t('guide.reviewsOf', { n: reviews })}</dd>
        </div>
      </dl>
      {position !== undefined && from > 0 && pageOf(from) !== pageOf(position) && (
        <p class="state ok moved">
          <Icon name="check" small />
          {t('guide.moved', { from: pageOf(from), to: pageOf(position) })}
        </p>
      )}
    </section>
  )
}

function Told({ view }: { view: GuideView }) {
  const { reader, story, from, candidates, origin } = view
  const { t } = reader
  if (!story) {
    return (
      <section class="card flow" aria-labelledby="choose">
        <h2 id="choose">{t('guide.choose')}</h2>
        <p class="small">{t('guide.storyText')}</p>
        {candidates.length === 0 ? (
          <p class="small quiet">{t('guide.nobody')}</p>
        ) : (
          <Choose reader={reader} candidates={candidates} primary />
        )}
        <ol class="steps story preview-steps">
          {storySteps.map((step, at) => (
            <li class="later">
              <span class="n">{at + 1}</span>
              <div>
                <h3>{t(`guide.steps.${step}.title`)}</h3>
                <p>{t(`guide.steps.${step}.text`)}</p>
              </div>
            </li>
          ))}
        </ol>
      </section>
    )
  }
  const finished = stepsTaken(story).size === storySteps.length
  return (
    <>
      <Hero reader={reader} story={story} from={from} />
      {finished && (
        <Note icon="check" role="status">
          <p>
            <b>{t('guide.finished')}</b> {t('guide.finishedText')}
          </p>
        </Note>
      )}
      <section class="card flow" id="story" aria-labelledby="steps">
        <h2 id="steps">{t('guide.story')}</h2>
        <p class="small">{t('guide.storyText')}</p>
        <StorySteps reader={reader} story={story} origin={origin} />
        <details class="quiet-fold">
          <summary class="small">{t('guide.another')}</summary>
          <p class="tiny">{t('guide.anotherText')}</p>
          <Choose reader={reader} candidates={candidates} primary={false} />
        </details>
      </section>
    </>
  )
}

/** The first page: a newcomer's story, step by step, and what moves it on. */
export function GuidePage(view: GuideView) {
  const { reader } = view
  const { t } = reader
  return (
    <Page styles={homeStyles} reader={reader} title={reader.t('market.market')} current="guide">
      <main id="main" class="wrap">
        <div class="hero">
          <MarketSeal size={64} />
          <div>
            <h1>{t('guide.title')}</h1>
            <p class="lead">{t('guide.lead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            <Told view={view} />
          </div>
          <div class="stack plain-words">
            <Clock {...view} />
            <More reader={reader} />
            <MarketNow {...view} />
            <StaffEntrance reader={reader} />
          </div>
        </div>
      </main>
    </Page>
  )
}
