import type { AttemptRecord as RecordView } from '../../../flows/read-catalogue.ts'
import { dayTimeText, timeAttribute } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { RowTable } from '../../../platform/page/row-table.tsx'
import { ShortLabel } from '../../../platform/page/short-label.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { recordsStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'

const State = ({ context: { t }, record }: { context: PageContext; record: RecordView }) => {
  if (record.status === 'open')
    return (
      <Chip tone="act" icon="clock">
        {t('eligible.open')}
      </Chip>
    )
  if (record.reason === 'voided') return <Chip icon="cross">{t('record.voided')}</Chip>
  if (record.reason === 'withdrawn') return <Chip icon="cross">{t('record.withdrawn')}</Chip>
  if (record.isPartDone)
    return (
      <Chip tone="ok" icon="check">
        {t('parts.done')}
      </Chip>
    )
  if (record.passed === undefined)
    return (
      <Chip tone="wait" icon="dots">
        {t('record.waiting')}
      </Chip>
    )
  return record.passed ? (
    <Chip tone="ok" icon="check">
      {t('record.passed')}
    </Chip>
  ) : (
    <Chip icon="dots">{t('record.failed')}</Chip>
  )
}

const Row = ({ context, record }: { context: PageContext; record: RecordView }) => {
  const { t, locale } = context
  const title = `${record.title} ${t('exam.level', { level: record.level })}`
  const name = record.part ? `${title} ${t(`part.${record.part}`)}` : title
  return (
    <tr role="row">
      <th scope="row" role="rowheader" class="all">
        <b>{name}</b>
      </th>
      <td role="cell" class="all num">
        <time datetime={timeAttribute(record.startedAt)}>{dayTimeText(locale, record.startedAt)}</time>
      </td>
      <td role="cell">
        <State context={context} record={record} />
      </td>
      <td role="cell" class="r">
        {record.status === 'open' ? (
          <a href={`/attempts/${record.id}`}>
            <ShortLabel heard={t('record.continueOf', { title: name })}>{t('exam.continue')}</ShortLabel>
          </a>
        ) : (
          <a href={`/attempts/${record.id}/result`}>
            <ShortLabel heard={t('catalogue.resultOf', { title: name })}>{t('catalogue.result')}</ShortLabel>
          </a>
        )}
      </td>
    </tr>
  )
}

/** Every attempt of the visitor, newest first. */
export const RecordsPage = ({ context, attempts }: { context: PageContext; attempts: readonly RecordView[] }) => {
  const { t } = context
  const columns = ['record.exam', 'record.started', 'record.state'] as const
  return (
    <Page styles={recordsStyles} context={context} title={t('nav.records')} tab="/records">
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('nav.records')}</h1>
            <p class="lead">{t('catalogue.private')}</p>
          </div>
        </div>
        {attempts.length === 0 ? (
          <Note title={t('record.noneTitle')}>
            <p class="btns">
              <a class="btn primary s" href="/">
                {t('exam.all')}
                <Icon name="right" small />
              </a>
            </p>
          </Note>
        ) : (
          <div class="card">
            <RowTable caption={t('nav.records')} columns={columns.map((key) => t(key))} action={t('catalogue.result')}>
              {attempts.map((record) => (
                <Row context={context} record={record} />
              ))}
            </RowTable>
          </div>
        )}
      </main>
    </Page>
  )
}
