import type { HiddenReading } from '../../review/hidden/store.ts'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import { Icon } from '../parts/icon.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Cell, RowTable } from '../parts/row-table.tsx'
import { operatorsStyles } from '../styles.ts'
import { operatorTexts } from '../texts/operator-texts.ts'
import { operatorName } from './queue-parts.tsx'

/** What the page gives as the reason for opening the list. */
export const OPENED_THE_LIST = 'opened the worklist page'

export type ReadingShown = HiddenReading & { readonly kind: 'answers' | 'worklist'; readonly contracts: readonly string[] }

export interface AuditView {
  readonly reader: Reader
  readonly reads: readonly ReadingShown[]
  readonly next: string | undefined
}

/** Who read what was said in confidence, when and why. */
export function AuditPage({ reader, reads, next }: AuditView) {
  const { locale } = reader
  const { audit: t, worklist } = operatorTexts[locale]
  const [when, who, what, why] = [{ title: t.when }, { title: t.who }, { title: t.what }, { title: t.why }] as const
  return (
    <Page styles={operatorsStyles} reader={reader} title={t.title} current="worklist">
      <main id="main" class="wrap narrow">
        <p class="crumb">
          <a href={link(locale, '/operators/reviews')}>
            <Icon name="back" className="small" />
            {worklist.title}
          </a>
        </p>
        <div class="head">
          <div>
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
          </div>
        </div>
        <section class="card flow" aria-label={t.title}>
          {reads.length === 0 ? (
            <p class="small-text quiet">{t.empty}</p>
          ) : (
            <RowTable caption={t.title} columns={[when, who, what, why]}>
              {reads.map((read) => (
                <tr role="row">
                  <Cell column={when}>
                    <Moment reader={reader} at={read.at} />
                  </Cell>
                  <Cell column={who}>{operatorName(read.operator)}</Cell>
                  <Cell column={what}>
                    {t.kinds[read.kind]}{' '}
                    {read.kind === 'answers' ? (
                      read.contracts.map((contract) => <a href={link(locale, `/contracts/${contract}`)}>{t.contracts(1)}</a>)
                    ) : (
                      <span>{t.contracts(read.contracts.length)}</span>
                    )}
                  </Cell>
                  <Cell column={why}>{read.reason === OPENED_THE_LIST ? t.fromThePage : read.reason}</Cell>
                </tr>
              ))}
            </RowTable>
          )}
          {next !== undefined && (
            <p class="buttons">
              <a class="button outline" href={link(locale, '/operators/audit', { after: next })}>
                {t.older}
              </a>
            </p>
          )}
        </section>
      </main>
    </Page>
  )
}
