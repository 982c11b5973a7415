import { type AttemptsView, MOST_IN_TABLE, type ShownAttempt } from '../../../flows/read-attempts.ts'
import { toRfc3339 } from '../../../kernel/instant.ts'
import { writeCsv } from '../../../platform/page/csv.ts'
import { nameOfLanguage } from '../../../platform/page/words.ts'
import { guardCell } from '../../../platform/words/guard-cell.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { titleOf } from '../scope.tsx'
import { hintText, stateOf } from './attempt-row.tsx'

/** The list as a file for spreadsheets, which run nothing that somebody called themselves: a row for each attempt, times in UTC, and a last one where attempts are left out. */
export function attemptsTable(
  context: PageContext,
  { attempts, exams, more }: Pick<AttemptsView, 'attempts' | 'exams' | 'more'>,
): string {
  const { t } = context
  const row = (one: ShownAttempt): readonly string[] => [
    one.id,
    one.worker,
    one.name,
    titleOf(context, exams.find(({ id }) => id === one.exam) ?? { id: one.exam, title: {} }),
    one.part ? t(`part.${one.part}`) : '',
    String(one.version ?? ''),
    nameOfLanguage(one.locale),
    toRfc3339(one.startedAt),
    one.closedAt === undefined ? '' : toRfc3339(one.closedAt),
    t(`attempts.state.${stateOf(one)}`),
    String(one.score ?? ''),
    String(one.answered),
    String(one.items),
    one.hints.map((hint) => hintText(context, hint)).join(' / '),
  ]
  const head = [
    t('attempts.table.attempt'),
    t('attempts.table.person'),
    t('attempts.who'),
    t('attempts.exam'),
    t('attempts.table.part'),
    t('attempts.table.version'),
    t('scope.language'),
    t('attempts.startedAt'),
    t('attempts.table.ended'),
    t('staff.state'),
    t('attempts.score'),
    t('attempts.answers'),
    t('attempts.table.items'),
    t('attempts.hints'),
  ]
  const cut = more ? [[t('attempts.table.cut', { most: MOST_IN_TABLE })]] : []
  return writeCsv([head, ...attempts.map(row), ...cut].map((cells) => cells.map(guardCell)))
}
