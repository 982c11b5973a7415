import type { Child } from 'hono/jsx'
import type { AttemptView } from '../../../flows/read-attempt.ts'
import { clockText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { againHref } from '../../ui/notice-page.tsx'
import { Seal } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import type { RunData } from '../island/run-types.ts'

/** What the island needs to know, as data in the page. */
const IslandData = ({
  context,
  attempt,
  page,
}: {
  context: PageContext
  attempt: AttemptView
  page: RunData['page']
}) => {
  const { t } = context
  const data: RunData = {
    id: attempt.id,
    page,
    lease: attempt.lease ?? '',
    worker: context.visitor?.worker ?? '',
    now: attempt.now,
    deadline: attempt.deadline,
    span: attempt.deadline - attempt.startedAt,
    zone: t('time.clock', { clock: '' }),
    texts: {
      saving: t('save.saving'),
      saved: t('save.savedAt', { time: '{time}' }),
      none: t(attempt.tasks.length > 0 ? 'practical.auto' : 'save.none'),
      kept: t('save.kept', { count: '{count}' }),
      offline: t('save.offline'),
      back: t('save.back'),
      lost: t('save.lost'),
      other: t('save.other', { name: '{name}', count: '{count}' }),
      out: t('save.out', { count: '{count}' }),
      away: t('save.away'),
      adopted: t('save.adopted'),
      unsaved: t('save.unsaved'),
      tooMuch: t('practical.tooMuch'),
      left: t('timer.left', { time: '{time}' }),
      minutes: t('timer.minutes', { count: '{count}' }),
      seconds: t('timer.seconds', { count: '{count}' }),
      longer: t('timer.longer'),
      hidden: t('timer.hidden'),
      over: t('timer.over'),
      overOffline: t('timer.overOffline'),
      answered: t('cell.answered'),
      open: t('cell.open'),
      flagged: t('cell.flagged'),
      cell: t('cell.label', { number: '{number}' }),
      comma: t('list.comma'),
      ends: t('timer.ends', { time: '{time}' }),
      next: t('runner.next'),
      review: t('runner.toReview'),
      moved: t('question.moved', { place: '{place}' }),
      title: t('runner.title', { number: '{number}', exam: attempt.title }),
    },
  }
  return <div id="run" hidden data-run={JSON.stringify(data)} />
}

/** The one sticky bar: what is being taken, whether it is saved, and how long there is. */
export const PaperBar = ({
  context,
  attempt,
  sub,
  page,
}: {
  context: PageContext
  attempt: AttemptView
  sub: Child
  page: RunData['page']
}) => {
  const { t, locale } = context
  const left = Math.max(0, attempt.deadline - attempt.now)
  const share = Math.min(100, (100 * left) / Math.max(1, attempt.deadline - attempt.startedAt))
  const { savedAt } = attempt
  // the island says that what is entered is saved by itself
  const state = savedAt === undefined ? t('save.nothing') : t('save.savedAt', { time: clockText(locale, savedAt) })
  return (
    <>
      <header class="bar">
        <div class="barin">
          <div class="brand">
            <Seal sign={String(attempt.level)} />
            <div>
              <p class="ex">
                {attempt.title} <span class="lv">{t('exam.level', { level: attempt.level })}</span>
              </p>
              <p class="sec" id="sec">
                {sub}
              </p>
            </div>
          </div>
          <p class="save" id="save" data-s={savedAt === undefined ? 'none' : 'saved'}>
            <Icon name="check" />
            <span class="blob" aria-hidden="true" />
            <span class="long" id="save-text">
              {state}
            </span>
            <span class="short" id="save-short" aria-hidden="true">
              {t('save.short')}
            </span>
          </p>
          <div class="timer" role="timer" aria-labelledby="tl" aria-live="off">
            <span class="tl" id="tl">
              {t('timer.label')}
            </span>
            <span class="tv" id="tv">
              {t('timer.about', { minutes: Math.ceil(left / 60_000) })}
            </span>
            <span class="te" id="te">
              {t('timer.ends', { time: clockText(locale, attempt.deadline) })}
            </span>
            <button type="button" class="thide" id="thide" aria-pressed="false" disabled>
              <Icon name="eye" />
              <span class="unseen">{t('timer.hide')}</span>
            </button>
          </div>
        </div>
        <svg class="track" aria-hidden="true">
          <rect width="100%" height="3" />
          <rect id="track" width={`${share.toFixed(2)}%`} height="3" rx="1.5" />
        </svg>
      </header>
      <div class="note bad" id="away" hidden>
        <Icon name="alert" />
        <div>
          <p id="away-text" />
          <p class="btns">
            <a class="btn outline s" href={againHref(`/attempts/${attempt.id}`)}>
              {t('save.comeBack')}
              <Icon name="out" small />
            </a>
          </p>
        </div>
      </div>
      <p id="say" class="unseen" role="status" />
      <p id="alert" class="unseen" role="alert" />
      <IslandData context={context} attempt={attempt} page={page} />
    </>
  )
}
