import type { OpenedAttempt, ShownAttempt } from '../../../flows/read-attempts.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { clockText, secondsText, timeAttribute } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import type { TextKey } from '../../ui/message.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { leftText } from '../person.tsx'
import { hintText } from './attempt-row.tsx'

export const Reason = ({ context: { t }, of, label }: { context: PageContext; of: string; label: TextKey }) => (
  <p class="field">
    <label for={`why-${of}`}>{t(label)}</label>
    <input class="input" id={`why-${of}`} name="why" required maxlength={400} autocomplete="off" />
  </p>
)

/** An operator may give time and may void; both need a reason, which is written into the attempt's history. */
const Acts = ({ context, attempt }: { context: PageContext; attempt: ShownAttempt }) => {
  const { t } = context
  return (
    <div class="stack s">
      <h2>{t('attempts.acts')}</h2>
      <Form method="post" action={`/staff/attempts/${attempt.id}/extend`} class="stack s">
        <input type="hidden" name="worker" value={attempt.worker} />
        <input type="hidden" name="from" value={String(attempt.deadline)} />
        <p class="field">
          <label for={`min-${attempt.id}`}>{t('staff.extend')}</label>
          <select class="input" id={`min-${attempt.id}`} name="minutes">
            {[5, 10, 15, 30, 60].map((count) => (
              <option value={String(count)}>{t('unit.minutes', { count })}</option>
            ))}
          </select>
        </p>
        <Reason context={context} of={`extend-${attempt.id}`} label="attempts.toldReason" />
        <button class="btn primary s">{t('attempts.extend')}</button>
      </Form>
      <details class="more">
        <summary>{t('attempts.void')}</summary>
        <Form method="post" action={`/staff/attempts/${attempt.id}/void`} class="stack s">
          <input type="hidden" name="worker" value={attempt.worker} />
          <Reason context={context} of={`void-${attempt.id}`} label="staff.reason" />
          <button class="btn ghost s">{t('staff.void')}</button>
          <p class="tiny">{t('staff.voidText')}</p>
        </Form>
      </details>
    </div>
  )
}

/** Where else something about an attempt that is over can be read or done. */
const Ways = ({ context, attempt }: { context: PageContext; attempt: ShownAttempt }) => {
  const { t } = context
  return (
    <div class="stack s">
      <h2>{t('attempts.more')}</h2>
      <ul class="ways">
        {attempt.part === 'practical' && attempt.status !== 'open' && (
          <li>
            <a href={`/staff/attempts/${attempt.id}/tasks`}>{t('sat.open')}</a>
          </li>
        )}
        {attempt.credential && (
          <li>
            <a href={`/staff/credentials/${attempt.credential}`}>{t('attempts.credential')}</a>
          </li>
        )}
        <li>
          <a href={`/staff/attempts?${new URLSearchParams({ q: attempt.worker })}`}>{t('attempts.person')}</a>
        </li>
        <li>
          <a href={`/staff/log?${new URLSearchParams({ about: attempt.worker })}`}>{t('log.title')}</a>
        </li>
      </ul>
    </div>
  )
}

interface Step {
  readonly at: Instant
  readonly text: string
}

const signalTexts: Readonly<Record<string, TextKey>> = {
  hidden: 'attempts.signal.hidden',
  visible: 'attempts.signal.visible',
  paste: 'attempts.signal.paste',
  offline: 'attempts.signal.offline',
  online: 'attempts.signal.online',
}

function courseOf({ t, locale }: PageContext, { attempt, events, signals }: OpenedAttempt): readonly Step[] {
  const why = (text: unknown) => (typeof text === 'string' && text !== '' ? t('attempts.why', { why: text }) : '')
  const steps = events.flatMap(({ at, type, data }): Step[] => {
    switch (type) {
      case 'started':
        return [{ at, text: t('attempts.event.started') }]
      case 'deadline-extended':
        return [
          {
            at,
            text: t('attempts.event.extended', { time: clockText(locale, Number(data.deadline)) }) + why(data.why),
          },
        ]
      case 'closed':
        return [{ at, text: t(`attempts.event.${data.reason as 'submitted'}`) + why(data.why) }]
      case 'graded':
        return [{ at, text: t('attempts.event.graded') }]
      default:
        return []
    }
  })
  const saved = attempt.savedAt
    ? [{ at: attempt.savedAt, text: t('attempts.event.saved', { answered: attempt.answered, items: attempt.items }) }]
    : []
  const reported = signals.flatMap(({ kind, at }): Step[] => {
    const key = signalTexts[kind]
    return key ? [{ at, text: t(key) }] : []
  })
  return [...steps, ...saved, ...reported].sort((a, b) => a.at - b.at)
}

/** An attempt that was opened in its place: its course, what will happen by itself, and what can be done. */
export const Opened = ({
  context,
  opened,
  now,
  columns,
}: {
  context: PageContext
  opened: OpenedAttempt
  now: Instant
  columns: number
}) => {
  const { t, locale } = context
  const { attempt } = opened
  const { deadline, answered, items, score } = attempt
  return (
    <tr role="row" class="opened" data-on>
      <td role="cell" class="all" colspan={columns}>
        <div class="detail-card">
          <div class="stack s">
            <h2>{t('attempts.course')}</h2>
            <ol class="course">
              {courseOf(context, opened).map(({ at, text }) => (
                <li>
                  <time class="num" datetime={timeAttribute(at)}>
                    {secondsText(locale, at)}
                  </time>
                  <span>{text}</span>
                </li>
              ))}
            </ol>
          </div>
          <div class="stack s">
            <h2>{t(attempt.status === 'open' ? 'attempts.untilEnd' : 'attempts.result')}</h2>
            <dl class="kv">
              <div>
                <dt>{t('staff.deadline')}</dt>
                <dd>
                  <b class="num">{secondsText(locale, deadline)}</b>
                  {attempt.status === 'open' &&
                    ` ${t('attempts.leftText', { left: leftText(Math.max(0, deadline - now)) })}`}
                </dd>
              </div>
              <div>
                <dt>{t('attempts.answers')}</dt>
                <dd class="num">{`${answered} / ${items}`}</dd>
              </div>
              {attempt.status === 'open' && (
                <div>
                  <dt>{t('attempts.byItself')}</dt>
                  <dd>{t('attempts.byItselfText', { time: clockText(locale, deadline), answered })}</dd>
                </div>
              )}
              {attempt.status === 'closed' && (
                <div>
                  <dt>{t('attempts.byItself')}</dt>
                  <dd>{t('attempts.willBeGraded')}</dd>
                </div>
              )}
              {score !== undefined && (
                <div>
                  <dt>{t('attempts.score')}</dt>
                  <dd class="num">{score}</dd>
                </div>
              )}
              {attempt.hints.length > 0 && (
                <div>
                  <dt>{t('attempts.hints')}</dt>
                  <dd>{attempt.hints.map((one) => hintText(context, one)).join(t('list.comma'))}</dd>
                </div>
              )}
            </dl>
            <p class="tiny mono">{attempt.id}</p>
          </div>
          {attempt.status === 'open' ? (
            <Acts context={context} attempt={attempt} />
          ) : (
            <Ways context={context} attempt={attempt} />
          )}
        </div>
      </td>
    </tr>
  )
}
