import { Crumb } from '../../../platform/page/document.tsx'
import { Cell, RowTable } from '../../../platform/page/row-table.tsx'
import type { HiddenReading } from '../../review/hidden/store.ts'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import { Page, type Reader } from '../parts/layout.tsx'
import { Pager } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'
import { operatorName } from './case-parts.tsx'

/** What the page gives as the reason for opening the list. */
export const OPENED_THE_LIST = 'opened the worklist page'

export type ReadingShown = HiddenReading & {
  readonly kind: 'answers' | 'worklist'
  readonly contracts: readonly string[]
}

export interface AuditView {
  readonly reader: Reader
  readonly reads: readonly ReadingShown[]
  readonly after: string | undefined
  readonly next: string | undefined
}

/** Who read what was said in confidence, when and why. */
export function AuditPage({ reader, reads, after, next }: AuditView) {
  const { locale, t } = reader
  const [when, who, what, why] = [
    { title: t('operator.audit.when') },
    { title: t('operator.audit.who') },
    { title: t('operator.audit.what') },
    { title: t('operator.audit.why') },
  ] as const
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('operator.audit.title')} current="worklist">
      <main id="main" class="wrap narrow">
        <Crumb href={link(locale, '/operators/reviews')}>{t('operator.worklist.title')}</Crumb>
        <div class="head">
          <div>
            <h1>{t('operator.audit.title')}</h1>
            <p class="lead">{t('operator.audit.lead')}</p>
          </div>
        </div>
        <section class="card flow" aria-label={t('operator.audit.title')}>
          {reads.length === 0 ? (
            <p class="small quiet">{t('operator.audit.empty')}</p>
          ) : (
            <RowTable caption={t('operator.audit.title')} columns={[when, who, what, why]}>
              {reads.map((read) => (
                <tr role="row">
                  <Cell column={when}>
                    <Moment reader={reader} at={read.at} />
                  </Cell>
                  <Cell column={who}>{operatorName(read.operator)}</Cell>
                  <Cell column={what}>
                    {t(`operator.audit.kinds.${read.kind}`)}{' '}
                    {read.kind === 'answers' ? (
                      read.contracts.map((contract) => (
                        <a href={link(locale, `/contracts/${contract}`)}>{t('operator.audit.contracts', { n: 1 })}</a>
                      ))
                    ) : (
                      <span>{t('operator.audit.contracts', { n: read.contracts.length })}</span>
                    )}
                  </Cell>
                  <Cell column={why}>
                    {read.reason === OPENED_THE_LIST ? t('operator.audit.fromThePage') : read.reason}
                  </Cell>
                </tr>
              ))}
            </RowTable>
          )}
          <Pager reader={reader} path="/operators/audit" query={{ after }} next={next} />
        </section>
      </main>
    </Page>
  )
}
