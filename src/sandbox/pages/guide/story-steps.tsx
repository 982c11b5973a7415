import type { Child } from 'hono/jsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { type StoryStep, stepsTaken, storySteps } from '../../flows/show-story.ts'
import { ClockButton } from '../front/clock-drawer.tsx'
import { link } from '../links.ts'
import { FadingWeight } from '../parts/fading-weight.tsx'
import { LaunchForm } from '../parts/launch-form.tsx'
import type { Reader } from '../parts/layout.tsx'
import { PlayButton, pageOf, SignInButton, type StoryView } from './story-buttons.tsx'

/** What somebody does by hand, and what can be done in their place. */
const Ways = ({ reader, byHand, played }: { reader: Reader; byHand: Child; played: Child }) => {
  const { t } = reader
  return (
    <div class="ways">
      <p class="tiny">{t('guide.doIt')}</p>
      <div class="btns">{byHand}</div>
      <p class="tiny">
        {t('guide.orPlay')} <span>{t('guide.playText')}</span>
      </p>
      <div class="btns">{played}</div>
    </div>
  )
}

const nameIn = ({ locale }: Reader, { name, reading }: { readonly name: string; readonly reading: string }): string =>
  locale === 'en' ? reading : name

/** A path that keeps the reader's language. */
const to = ({ locale }: Reader, path: string): string => link(locale, path, {})

function Start({ reader, story }: StoryView) {
  const { t } = reader
  const { id } = story.worker
  return (
    <div class="btns">
      <a class="btn s ghost" href={link(reader.locale, `/workers/${id}`, { category: story.category })}>
        {t('guide.profile')}
      </a>
      {story.position !== undefined && (
        <a
          class="btn s ghost"
          href={`${link(reader.locale, '/workers', { category: story.category, page: String(pageOf(story.position)) })}#${id}`}
        >
          {t('guide.search')}
        </a>
      )}
    </div>
  )
}

function Exam({ reader, story, lead }: StoryView) {
  const { t } = reader
  return (
    <>
      <div class="btns">
        <LaunchForm
          person={{ id: story.worker.id, role: 'worker', exam: story.category }}
          locale={reader.locale}
          look={lead ? 'btn s primary' : 'btn s outline'}
        >
          {t('guide.take', { name: nameIn(reader, story.worker) })}
        </LaunchForm>
      </div>
      <p class="tiny">{t('guide.takeAlone')}</p>
    </>
  )
}

function Badge({ reader, story }: StoryView) {
  const { t } = reader
  if (!story.badge) return null
  return (
    <>
      {story.reviews === 0 && <p>{t('guide.row')}</p>}
      <div class="btns">
        <a class="btn s ghost" href={story.badge.url}>
          {t('guide.verify')}
        </a>
        {story.reviews === 0 && (
          <a class="btn s ghost" href={link(reader.locale, '/workers', { category: story.category })}>
            {t('guide.pageOne')}
          </a>
        )}
      </div>
    </>
  )
}

function Contract({ reader, story, lead }: StoryView) {
  const { t } = reader
  const { nextClient, worker } = story
  return (
    <Ways
      reader={reader}
      byHand={
        nextClient && (
          <SignInButton
            reader={reader}
            user={nextClient.id}
            next={link(reader.locale, '/contracts/new', { worker: worker.id })}
            look={lead ? 'btn s primary' : 'btn s outline'}
          >
            {t('guide.doneBy', { act: t('guide.hire'), name: nextClient.name })}
          </SignInButton>
        )
      }
      played={<PlayButton reader={reader} story={story} step="contract" />}
    />
  )
}

/** Buttons of both sides that lead to the contract; the one whose turn it is comes filled. */
function Sides({
  reader,
  story,
  lead,
  turn,
  of,
  label,
}: StoryView & { turn: 'client' | 'worker'; of: readonly ('client' | 'worker')[]; label: string }) {
  const { t } = reader
  const { contract } = story
  if (!contract) return null
  const called = { client: t('guide.theClient'), worker: nameIn(reader, story.worker) }
  return (
    <>
      {of.map((side) => (
        <SignInButton
          reader={reader}
          user={contract[side]}
          next={to(reader, `/contracts/${contract.id}`)}
          look={`btn s ${side !== turn ? 'ghost' : lead ? 'primary' : 'outline'}`}
        >
          {t('guide.doneBy', { act: label, name: called[side] })}
        </SignInButton>
      ))}
    </>
  )
}

function Work({ reader, story, lead = false }: StoryView) {
  const { t } = reader
  const turn = story.contract?.status === 'delivered' ? 'client' : 'worker'
  return (
    <Ways
      reader={reader}
      byHand={
        <Sides
          reader={reader}
          story={story}
          lead={lead}
          turn={turn}
          of={['worker', 'client']}
          label={t('guide.open')}
        />
      }
      played={
        <>
          <PlayButton reader={reader} story={story} step="work" />
          {turn === 'client' && <ClockButton reader={reader} days="7" back="/tour" />}
        </>
      }
    />
  )
}

function Reviews({ reader, story, lead = false }: StoryView) {
  const { t } = reader
  const missing = (['client', 'worker'] as const).filter((side) => !story.written.includes(side))
  return (
    <Ways
      reader={reader}
      byHand={
        <Sides
          reader={reader}
          story={story}
          lead={lead}
          turn={missing[0] ?? 'client'}
          of={missing}
          label={t('guide.write')}
        />
      }
      played={
        <>
          <PlayButton reader={reader} story={story} step="reviews" />
          {story.written.length > 0 && <ClockButton reader={reader} days="30" back="/tour" />}
        </>
      }
    />
  )
}

function Fade({ reader, story }: StoryView) {
  const { t } = reader
  return (
    <>
      {story.weight !== undefined && (
        <p>
          <b>{t('guide.fadeAt', { reviews: story.reviews, percent: story.weight })}</b>
        </p>
      )}
      {story.equivalentReviews !== undefined && (
        <FadingWeight
          t={reader.t}
          equivalentReviews={story.equivalentReviews}
          reviews={story.reviewWeight}
          id="fading"
        />
      )}
      <div class="btns">
        <PlayButton reader={reader} story={story} step="fade" />
        <a class="btn s ghost" href={link(reader.locale, '/ranking')}>
          {t('guide.ranking')}
        </a>
      </div>
    </>
  )
}

const tasks: Readonly<Record<StoryStep, (view: StoryView) => Child>> = {
  start: Start,
  exam: Exam,
  badge: Badge,
  contract: Contract,
  work: Work,
  reviews: Reviews,
  fade: Fade,
}

/** What stays to be seen of a step that was taken. */
function Afterwards({ reader, story, step }: StoryView & { step: StoryStep }) {
  const { t } = reader
  if (step === 'start') return <Start reader={reader} story={story} />
  if (step === 'badge') return <Badge reader={reader} story={story} />
  if (step === 'fade') return <Fade reader={reader} story={story} />
  if (step !== 'contract' || !story.contract) return null
  return (
    <div class="btns">
      <SignInButton
        reader={reader}
        user={story.worker.id}
        next={to(reader, `/contracts/${story.contract.id}`)}
        look="btn s ghost"
      >
        {t('guide.look')}
      </SignInButton>
    </div>
  )
}

/** The first step that is open; and of those that need no exam the first, so that nobody has to pass one to go on. */
function openSteps(taken: ReadonlySet<StoryStep>): {
  readonly now: StoryStep | undefined
  readonly open: ReadonlySet<StoryStep>
} {
  const now = storySteps.find((step) => !taken.has(step))
  const beyond = storySteps.find((step) => !taken.has(step) && step !== 'exam' && step !== 'badge')
  return { now, open: new Set([now, beyond].filter((step) => step !== undefined)) }
}

/** The story step by step: what was done, what is to be done now and how, and what comes then. */
export function StorySteps({ reader, story }: StoryView) {
  const { t } = reader
  const taken = stepsTaken(story)
  const { now, open } = openSteps(taken)
  return (
    <ol class="steps story">
      {storySteps.map((step, at) => {
        const done = taken.has(step)
        const Task = tasks[step]
        return (
          <li
            id={`step-${step}`}
            class={done ? 'done' : open.has(step) ? 'open' : 'later'}
            aria-current={step === now ? 'step' : undefined}
          >
            <span class={done ? 'n done' : step === now ? 'n now' : 'n'}>
              {done ? <Icon name="check" small /> : String(at + 1)}
            </span>
            <div>
              <h3>
                {t(`guide.steps.${step}.title`)}
                {done && <small>{t('guide.done')}</small>}
              </h3>
              <p>{t(`guide.steps.${step}.text`)}</p>
              {done ? (
                <Afterwards reader={reader} story={story} step={step} />
              ) : (
                open.has(step) && <Task reader={reader} story={story} lead={step === now} />
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
