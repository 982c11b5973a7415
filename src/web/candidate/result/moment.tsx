import type { Child, PropsWithChildren } from 'hono/jsx'
import type { HolderStory, Step } from '../../../credential/holder-state.ts'
import type { HeldCertificate } from '../../../flows/read-holder-story.ts'
import { clockText, dayText, momentText, timeAttribute } from '../../../platform/page/dates.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { CredentialChip } from '../../ui/credential-chip.tsx'
import type { PageLocale } from '../../ui/message.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { type ResultProps, stateKeyOf } from './result-props.ts'

const marks: Readonly<Record<Step['is'], IconName | undefined>> = {
  done: 'check',
  now: undefined,
  late: 'clock',
  stopped: 'pause',
  next: undefined,
}

/** A time of today by the clock alone. */
const nearText = (locale: PageLocale, at: number, now: number): string =>
  dayText(locale, at) === dayText(locale, now) ? clockText(locale, at) : momentText(locale, at, now)

interface WayProps {
  readonly context: PageContext
  readonly story: HolderStory
  readonly now: number
}

/** What a step says besides its name: when it was taken, or what it waits for. */
function besideOf({ context: { t, locale }, story, now }: WayProps, { id, is, at }: Step) {
  if (at !== undefined) return <time datetime={timeAttribute(at)}>{nearText(locale, at, now)}</time>
  if (is === 'late' && story.retry)
    return t('track.retry', { time: nearText(locale, story.retry.at, now), nth: story.retry.nth })
  if (is === 'now') return t('track.soon')
  return id === 'decided' ? t('track.byPerson') : undefined
}

function nameOf({ t }: PageContext, { state, cause }: HolderStory, { id, is }: Step): string {
  if (is === 'late') return t('track.late')
  if (is === 'stopped' && (state === 'restricted' || state === 'undelivered')) return t(`track.${state}`)
  if (is === 'now' && (id === 'verified' || id === 'search')) return t(`track.${id}.now`)
  // nobody reviews what stopped with the account
  if (cause === 'standing' && id === 'held') return t('track.stopped')
  if (cause === 'standing' && id === 'lifted') return t('track.restored')
  return t(`track.${id}`)
}

/** The way of the certificate, each step with what it is at now. */
const Way = (props: WayProps) => {
  const { context, story } = props
  if (story.steps.length === 0) return null
  const title = story.isValid ? 'track.title' : story.cause === 'standing' ? 'track.stoppedTitle' : 'track.heldTitle'
  return (
    <ol class="track" aria-label={context.t(title)}>
      {story.steps.map((step) => {
        const beside = besideOf(props, step)
        const mark = marks[step.is]
        return (
          <li data-is={step.is}>
            <span class="n" aria-hidden="true">
              {mark && <Icon name={mark} small />}
            </span>
            <div>
              <b>{nameOf(context, story, step)}</b>
              <span class="unseen"> {context.t(`track.is.${step.is}`)}</span>
              {beside && <small>{beside}</small>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

interface HeldProps extends ResultProps {
  readonly held: HeldCertificate
}

/** One sentence on what the state means, and what the holder has to do: mostly nothing. */
function meaningOf({ context: { t, locale }, now, held: { credential, story, since } }: HeldProps) {
  const { state, retry, cause } = story
  const words = {
    day: dayText(locale, credential.validUntil),
    since: dayText(locale, credential.statusChangedAt),
    time: retry ? nearText(locale, retry.at, now) : '',
  }
  if (state === 'suspended' && cause === 'standing') return t('held.suspendedThere.text', words)
  if (state === 'expired' && since) return t('held.expired.again')
  return t(`held.${state}.text`, words)
}

/** Stands for the day until the sentence is there: a day is not broken over two lines. */
const THE_DAY = '\u0000'

/** Sentences that stand on a line of their own where both do not fit on one, with the space that was between them. */
const sentencesOf = (text: string) =>
  text.split(/(?<=。)|(?<=[.!])(?= )/).map((sentence) => (
    <>
      {sentence.startsWith(' ') && ' '}
      <span class="one">{sentence.trimStart()}</span>
    </>
  ))

/** The state as a heading, with the day that it names in one piece. */
const Heading = ({ context: { t, locale }, held: { credential, story } }: HeldProps) => {
  const [before = '', after] = t(`held.${story.state}.title`, { day: THE_DAY }).split(THE_DAY)
  const day = story.state === 'expired' ? credential.validUntil : credential.statusChangedAt
  return (
    <h1 id="outcome">
      {after === undefined ? sentencesOf(before) : before}
      {after !== undefined && <span class="unbroken">{dayText(locale, day)}</span>}
      {after}
    </h1>
  )
}

/** The one thing to do next, filled, and what else there is. */
const Acts = ({ context: { t, tag }, result, places, held: { credential, story, follower, since } }: HeldProps) => {
  const certificate = `/credentials/${credential.id}?lang=${tag}`
  const { state, isOnProfile } = story
  const profile = isOnProfile && state !== 'renewed' ? places.profile : undefined
  const later = state === 'corrected' || state === 'renewed' ? follower : since
  const exam = !since && (state === 'expired' || state === 'revoked')
  const asks = state === 'restricted' || state === 'suspended' || state === 'revoked'
  return (
    <div class="btns">
      {profile && (
        <a class="btn primary" href={profile}>
          {t('held.toProfile')}
          <Icon name="out" small />
        </a>
      )}
      {later && (
        <a class="btn primary" href={`/credentials/${later.id}?lang=${tag}`}>
          {t(state === 'corrected' ? 'held.toCorrected' : 'held.toRenewed')}
        </a>
      )}
      {exam && (
        <a class="btn primary" href={`/exams/${result.exam}`}>
          {t('result.toExam')}
        </a>
      )}
      <a class={`btn ${profile || later || exam ? 'ghost' : 'primary'}`} href={certificate}>
        {t('result.certificate')}
      </a>
      {asks && places.support && (
        <a class="btn ghost" href={places.support}>
          {t('held.toSupport')}
          <Icon name="out" small />
        </a>
      )}
    </div>
  )
}

/** The card at the top of a pass: what the certificate is at this moment. */
export const Moment = (props: PropsWithChildren<HeldProps & { readonly badge: Child; readonly kicker: Child }>) => {
  const { context, held, badge, kicker, now, children } = props
  const { t } = context
  const { story } = held
  return (
    <section
      class="card moment"
      aria-labelledby="outcome"
      id="moment"
      data-state={stateKeyOf(story)}
      data-settled={story.isSettled ? '' : undefined}
    >
      <div class="in">
        <div class={story.isValid ? 'rosette' : 'rosette over'}>{badge}</div>
        <div>
          {kicker}
          <p>
            <CredentialChip context={context} status={story.status} />
          </p>
          <Heading {...props} />
          {children}
          <p class="small" role="status">
            {meaningOf(props)}
          </p>
          {!story.isSettled && (
            <noscript>
              <p class="small">
                <a href={context.path}>{t('held.again')}</a>
              </p>
            </noscript>
          )}
          <Acts {...props} />
        </div>
      </div>
      <Way context={context} story={story} now={now} />
    </section>
  )
}
