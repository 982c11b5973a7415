import { getCookie, setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import { parseRfc3339 } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { type Climb, findHero, showClimb } from '../../flows/show-front.ts'
import { findClient } from '../../people/store.ts'
import { cellsOf, type ExamFacts, PLAY_SECONDS, type PlayStep, playSteps } from '../../play/play.ts'
import { isUnderWay, type WatchedPlay } from '../../play/plays.ts'
import { pageOf } from '../guide/story-buttons.tsx'
import { link } from '../links.ts'
import { type PageContext, readerOf, refuse, show } from '../page-door.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { frontScript, watchStyles } from '../styles.ts'
import { ClimbPicture, type ClimbView, calledBy } from './climb.tsx'
import { SHOWN_EXAM } from './front-page.tsx'

interface WatchView {
  readonly reader: Reader
  readonly play: WatchedPlay
  readonly exam: ExamFacts
  readonly climb: Climb
  /** Whose page 1 shows the person, where that is not everybody's. */
  readonly client: string | undefined
}

/** How often a page without script asks anew. */
const RELOAD_SECONDS = 2

const wholeSeconds = (milliseconds: number): number => Math.round(milliseconds / 1_000)
const inSeconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1)
const sumOf = ({ parts }: ExamFacts, of: 'items' | 'tasks'): number => parts.reduce((sum, part) => sum + part[of], 0)

const stepNow = ({ stepsDone }: WatchedPlay): PlayStep => playSteps[stepsDone] ?? 'place'

/** One cell a response, filled where it was saved. */
function Cells({ reader, play, exam }: WatchView) {
  const all = cellsOf(exam)
  const saved = Math.min(play.saved, all)
  return (
    <svg
      class="cells"
      viewBox={`0 0 ${all * 10} 22`}
      role="img"
      aria-label={reader.t('play.steps.sit.cells', { saved, all })}
    >
      {Array.from({ length: all }, (_, at) => (
        <rect x={at * 10} y="0" width="8" height="22" rx="2" class={at < saved ? 'on' : 'off'} />
      ))}
    </svg>
  )
}

function titleOf({ reader, play, exam }: WatchView, step: PlayStep, state: 'done' | 'now' | 'next'): string {
  const { t } = reader
  if (step !== 'sit') return t(`play.steps.${step}.${state === 'done' ? 'done' : 'next'}`)
  if (state === 'next') return t('play.steps.sit.next')
  const all = cellsOf(exam)
  return state === 'done' ? t('play.steps.sit.done', { all }) : t('play.steps.sit.now', { saved: play.saved, all })
}

function textOf({ reader: { t }, exam }: WatchView, step: PlayStep): string {
  if (step === 'sit') return t('play.steps.sit.text', { tasks: sumOf(exam, 'tasks') })
  if (step === 'grade') return t('play.steps.grade.text', { percent: exam.passScore })
  return t(`play.steps.${step}.text`)
}

const StepNumber = ({ at, done }: { at: number; done: boolean }) => (
  <span class="number">{done ? <Icon name="check" small /> : <span>{at + 1}</span>}</span>
)

/** The steps, with what has come of them. */
function Run(view: WatchView) {
  const { reader, play } = view
  return (
    <ol class="run">
      {playSteps.map((step, at) => {
        const halted = play.status === 'failed' || play.status === 'stopped'
        const state = at < play.stepsDone ? 'done' : at === play.stepsDone ? 'now' : 'next'
        return (
          <li data-state={state === 'now' && halted ? 'halted' : state} data-live={`step-${step}`}>
            <StepNumber at={at} done={state === 'done'} />
            <div>
              <h2>
                {titleOf(view, step, state)}
                {state === 'done' && <span class="unseen">{reader.t('play.done')}</span>}
              </h2>
              <p>{textOf(view, step)}</p>
              {step === 'sit' && state === 'now' && <Cells {...view} />}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** A sentence of another language in which names and words stand that are Japanese in every one. */
const quoting = (text: string, [words, ...others]: readonly string[]): Child =>
  words === undefined
    ? text
    : text.split(words).map((part, at) => (
        <>
          {at > 0 && <bdi lang="ja">{words}</bdi>}
          {quoting(part, others)}
        </>
      ))

/** What happened, in four lines. */
function Happened({ reader, play, exam, climb, client }: WatchView) {
  const { t, locale } = reader
  const { graded, issued, listed, person } = play
  if (!graded || !issued || !listed) return null
  const [before, now] = [person.position, listed.position]
  const name = calledBy(reader, climb.hero.listing.worker)
  const until = parseRfc3339(issued.validUntil)
  const [knowledge = 0, practical] = graded.scores
  const percent = exam.passScore
  const quoted = locale === 'ja' ? [] : [client, listed.row?.words].filter((one) => one !== undefined)
  const lines = [
    [
      t('play.result.sit', { items: sumOf(exam, 'items'), tasks: sumOf(exam, 'tasks') }),
      practical === undefined
        ? t('play.result.sitText', { score: String(knowledge), percent })
        : t('play.result.sitTextParts', { knowledge: String(knowledge), practical: String(practical), percent }),
    ],
    [t('play.result.badge'), t('play.result.badgeText', { date: until === undefined ? '' : dayText(locale, until) })],
    [t('play.result.verify'), t('play.result.verifyText', { seconds: inSeconds(listed.afterMs) })],
    [
      listed.row ? t('play.result.pages', { before: pageOf(before) }) : t('play.result.places', { before, now }),
      listed.row === undefined
        ? t('play.result.noRow', { name })
        : client === undefined
          ? t('play.result.rowAll', { name, before, now })
          : t('play.result.rowClient', { name, client, words: listed.row.words ?? 'none', before, now }),
    ],
  ] as const
  return (
    <ol class="run brief">
      {lines.map(([title, text], at) => (
        <li data-state="done">
          <StepNumber at={at} done />
          <div>
            <h2>
              {title}
              <span class="unseen">{t('play.done')}</span>
            </h2>
            <p>{quoting(text, quoted)}</p>
            {at === lines.length - 1 && listed.heldOut && <p>{t('play.result.heldOut')}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}

const chapters = [
  ['contract', 'yen'],
  ['work', 'check'],
  ['reviews', 'star'],
  ['fade', 'bars'],
] as const

/** Where the story goes on. */
const Next = ({ reader, play }: WatchView) => (
  <section class="nextstory" aria-labelledby="next">
    <h2 id="next">{reader.t('play.next')}</h2>
    <ol>
      {chapters.map(([chapter, icon]) => (
        <li>
          <a
            href={`${link(reader.locale, '/tour', { worker: play.person.worker, from: String(play.person.position) })}#step-${chapter}`}
          >
            <Icon name={icon} small />
            {reader.t(`play.chapters.${chapter}`)}
          </a>
        </li>
      ))}
    </ol>
  </section>
)

const Again = ({ reader, kind }: { reader: Reader; kind: string }) => (
  <Form method="post" action={link(reader.locale, '/watch')}>
    <button class={kind} type="submit">
      <Icon name="redo" small />
      {reader.t('play.again')}
    </button>
  </Form>
)

/** What can be done with a play: one form, a button an act. */
function Controls({ reader, play }: WatchView) {
  const { t, locale } = reader
  const acts = play.status === 'paused' ? 'resume' : 'pause'
  return (
    <Form method="post" action={link(locale, `/watch/${play.id}`)} class="btns" data-controls>
      <button class="btn s outline" type="submit" name="act" value={acts} data-live="pause">
        <Icon name={play.status === 'paused' ? 'play' : 'pause'} small />
        {t(`play.${acts}`)}
      </button>
      <button class="btn s ghost" type="submit" name="act" value="skip">
        {t('play.skip')}
      </button>
      <button class="btn s quiet-button" type="submit" name="act" value="stop">
        {t('play.stop')}
      </button>
    </Form>
  )
}

/** A path without whom it is about. */
const shownPath = (path: string): string => path.replace(/\/(att|crd|wrk)_[^/]+/g, '/…')

/** The calls that were made: where, never what was said. */
function Calls({ reader, play }: WatchView) {
  const { t } = reader
  return (
    <details class="calls">
      <summary>
        <span data-live="calls">{t('play.calls', { n: play.calls.length })}</span>
        <Icon name="right" small turning />
      </summary>
      <section class="table-scroll" tabindex={0} aria-label={t('play.callsTable')}>
        <table class="calls-table">
          <thead>
            <tr>
              <th scope="col">{t('play.callTime')}</th>
              <th scope="col">{t('play.call')}</th>
              <th scope="col">{t('play.callResult')}</th>
            </tr>
          </thead>
          <tbody data-live="call-rows">
            {play.calls.map(({ atMs, method, path, status }) => (
              <tr>
                <td>{t('play.seconds', { n: inSeconds(atMs) })}</td>
                <td>
                  <code>{`${method} ${shownPath(path)}`}</code>
                </td>
                <td>{status}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

/** Why it did not come to its end. */
function Halt(view: WatchView) {
  const { reader, play } = view
  const { t } = reader
  const step = stepNow(play)
  const last = play.calls.at(-1)
  const name = calledBy(reader, view.climb.hero.listing.worker)
  return (
    <div class="note wait" role="alert">
      <Icon name="info" />
      <div>
        {play.status === 'stopped' ? (
          <p>{t('play.stoppedText', { name })}</p>
        ) : (
          <>
            <p>{t('play.failedAt', { step: t(`play.steps.${step}.next`) })}</p>
            {play.graded && !play.graded.passed && <p>{t('play.notPassed')}</p>}
            {last && (
              <p class="tiny">
                {t('play.failedCall', { call: `${last.method} ${shownPath(last.path)}`, status: String(last.status) })}
              </p>
            )}
          </>
        )}
      </div>
    </div>
  )
}

function Playing(view: WatchView) {
  const { reader, play } = view
  const { t } = reader
  const seconds = Math.min(PLAY_SECONDS, wholeSeconds(play.elapsedMs))
  const name = calledBy(reader, view.climb.hero.listing.worker)
  const underWay = isUnderWay(play)
  // heard when it changes, which no count of answers is
  const step = stepNow(play)
  return (
    <div class="pitch-text" data-watch={underWay ? link(reader.locale, `/watch/${play.id}`) : undefined}>
      <p class="eyebrow" data-live="status" role="status">
        {t(`play.${play.status === 'done' ? 'playing' : play.status}`)}
        <span class="unseen"> {t(`play.steps.${step}.next`)}</span>
      </p>
      <h1>{t('play.title', { name, seconds: PLAY_SECONDS })}</h1>
      <div class="clockline" data-live="clock">
        <progress max={PLAY_SECONDS} value={seconds} aria-label={t('play.elapsed')}>
          {t('play.seconds', { n: String(seconds) })}
        </progress>
        <p>
          <b>{seconds}</b>
          {t('play.ofSeconds', { n: PLAY_SECONDS })}
        </p>
      </div>
      <Run {...view} />
      {underWay ? (
        <Controls {...view} />
      ) : (
        <>
          <Halt {...view} />
          <div class="btns">
            <Again reader={reader} kind="btn s primary" />
            <a class="btn s ghost" href={link(reader.locale, '/')}>
              {t('play.back')}
            </a>
          </div>
        </>
      )}
      <Calls {...view} />
    </div>
  )
}

function Done(view: WatchView) {
  const { reader, play } = view
  const { t, locale } = reader
  const { listed, graded, person } = play
  const name = calledBy(reader, view.climb.hero.listing.worker)
  return (
    <div class="pitch-text">
      <p class="eyebrow" role="status">
        {t('play.finishedIn', { n: wholeSeconds(play.elapsedMs) })}
      </p>
      <h1>
        <span class="line">{t('play.passed', { name })}</span>
        <span class="line">
          {listed?.row
            ? t('play.onPageOne')
            : t('play.placeFromTo', { before: person.position, now: listed?.position ?? person.position })}
        </span>
      </h1>
      <Happened {...view} />
      <div class="btns pitch-buttons">
        <a class="btn primary" href={graded?.page}>
          {t('play.certificate')}
        </a>
        <a class="btn outline" href={link(locale, `/workers/${person.worker}`, { category: SHOWN_EXAM })}>
          {t('play.profile', { name })}
        </a>
      </div>
      <Next {...view} />
      <div class="afterwards">
        <Calls {...view} />
        <Again reader={reader} kind="plain-button" />
      </div>
    </div>
  )
}

/** What the picture shows of a play. */
function pictureOf({ status, listed }: WatchedPlay): ClimbView['state'] {
  if (status === 'done') return listed?.row ? 'row' : 'order'
  return status === 'playing' || status === 'paused' ? 'sitting' : 'before'
}

/** A pass while it is played, and what came of it. Without script it loads itself anew. */
function WatchPage(view: WatchView) {
  const { reader, play, climb } = view
  const { t } = reader
  const name = calledBy(reader, climb.hero.listing.worker)
  return (
    <Page
      styles={watchStyles}
      script={frontScript}
      reader={reader}
      title={t('play.title', { name, seconds: PLAY_SECONDS })}
      current="guide"
      head={
        play.status === 'playing' && (
          <noscript>
            <meta http-equiv="refresh" content={String(RELOAD_SECONDS)} />
          </noscript>
        )
      }
    >
      <main id="main" class="wrap front">
        <div class="pitch running">
          {play.status === 'done' ? <Done {...view} /> : <Playing {...view} />}
          <div class="pitch-picture">
            <ClimbPicture
              reader={reader}
              climb={climb}
              state={pictureOf(play)}
              now={play.listed?.position}
              image={play.issued?.image}
            />
          </div>
        </div>
      </main>
    </Page>
  )
}

const COOKIE = '__Host-watch'

/** Begins a play for this browser, or leads to the one that it watches. */
export async function beginWatching(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const { plays } = world
  const { locale } = readerOf(c)
  if (!plays) return refuse(c, { code: 'not-found' })
  const before = plays.find(getCookie(c, COOKIE) ?? '')
  if (before && isUnderWay(before)) return c.redirect(link(locale, `/watch/${before.id}`), 303)
  const hero = await findHero(world, SHOWN_EXAM, { wasPlayed: (worker) => plays.wasPlayed(worker) })
  if (!hero) return c.redirect(link(locale, '/'), 303)
  const play = plays.begin(hero)
  if (!play) return c.redirect(link(locale, '/', { crowded: '1' }), 303)
  setCookie(c, COOKIE, play.id, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' })
  return c.redirect(link(locale, `/watch/${play.id}`), 303)
}

export async function watchPage(c: PageContext, id: string): Promise<Response> {
  const world = c.get('world')
  const play = world.plays?.find(id)
  const climb = play && (await showClimb(world, SHOWN_EXAM, play.person))
  // one of a run before, or somebody who has left
  if (!world.plays || !play || !climb) return refuse(c, { code: 'not-found' })
  const client = play.listed?.row?.client
  const view = {
    reader: readerOf(c),
    play,
    exam: world.plays.exam,
    climb,
    client: client === undefined ? undefined : ((await findClient(world.db, client))?.name ?? client),
  }
  return show(c, <WatchPage {...view} />, 200, { scripts: true })
}

/** Pauses, goes on, skips or stops, and comes back. */
export async function controlPlay(c: PageContext, id: string): Promise<Response> {
  const { plays } = c.get('world')
  if (!plays?.find(id)) return refuse(c, { code: 'not-found' })
  const { act } = await c.req.parseBody()
  if (act === 'pause' || act === 'resume' || act === 'skip' || act === 'stop') plays[act](id)
  return c.redirect(link(readerOf(c).locale, `/watch/${id}`), 303)
}
