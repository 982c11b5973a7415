import { QUIET_AFTER } from '../../../flows/read-today.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { leftText, Person } from '../person.tsx'
import { scopeHref, titleOf } from '../scope.tsx'
import type { TodayProps } from './today-props.ts'

/** Who is sitting an exam now, the first to end first. */
export const OpenAttempts = ({ context, scope, today: { open, openCount, exams, now } }: TodayProps) => {
  const { t } = context
  const columns = (['attempts.who', 'attempts.exam', 'attempts.answers', 'attempts.left', 'staff.state'] as const).map(
    (key): Column => ({ title: t(key) }),
  )
  const [, exam, answers, left, state] = columns as [Column, Column, Column, Column, Column]
  return (
    <section class={open.length === 0 ? 'card bare' : 'card'} aria-labelledby="open">
      <div class="card-head">
        <h2 id="open">{t('today.openTitle', { count: openCount })}</h2>
        <a class="small" href={scopeHref('/staff/attempts', scope, { state: 'open' })}>
          {t('today.allAttempts')}
          <Icon name="right" small />
        </a>
      </div>
      {open.length === 0 ? (
        <p class="quiet">{t('today.openNone')}</p>
      ) : (
        <RowTable caption={t('today.openTitle', { count: openCount })} columns={columns} action={t('attempts.open')}>
          {open.map((one) => {
            const total = one.deadline - one.startedAt
            const remaining = Math.max(0, one.deadline - now)
            const quietFor = now - (one.savedAt ?? one.startedAt)
            return (
              <tr role="row">
                <th scope="row" role="rowheader" class="all">
                  <Person name={one.name} id={one.worker} />
                </th>
                <Cell column={exam}>
                  {titleOf(context, exams.find(({ id }) => id === one.exam) ?? { id: one.exam, title: {} })}
                </Cell>
                <Cell column={answers}>
                  <span class="num">{`${one.answered} / ${one.items}`}</span>
                  <svg class="meter" aria-hidden="true">
                    <rect width={`${(100 * one.answered) / Math.max(1, one.items)}%`} height="100%" />
                  </svg>
                </Cell>
                <Cell column={left}>
                  <b class="num">{leftText(remaining)}</b>
                  <svg class={remaining < QUIET_AFTER ? 'meter low' : 'meter'} aria-hidden="true">
                    <rect width={`${(100 * remaining) / Math.max(1, total)}%`} height="100%" />
                  </svg>
                </Cell>
                <Cell column={state} empty={quietFor < QUIET_AFTER && one.timeMultiplier === 1}>
                  {quietFor >= QUIET_AFTER && (
                    <Chip tone="wait" icon="clock">
                      {t('attempts.silent', { minutes: Math.floor(quietFor / 60_000) })}
                    </Chip>
                  )}
                  {one.timeMultiplier !== 1 && (
                    <Chip icon="clock">{t('attempts.longer', { times: one.timeMultiplier })}</Chip>
                  )}
                </Cell>
                <td role="cell" class="r all">
                  <a
                    class="btn ghost s"
                    href={`${scopeHref('/staff/attempts', scope, { q: one.id, open: one.id })}#${one.id}`}
                    aria-label={`${t('attempts.open')}: ${one.name || one.worker}`}
                  >
                    {t('attempts.open')}
                  </a>
                </td>
              </tr>
            )
          })}
        </RowTable>
      )}
    </section>
  )
}
