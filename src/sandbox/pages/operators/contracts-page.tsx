import { Icon } from '../../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { type Contract, type ContractStatus, contractStatuses } from '../../escrow/contract.ts'
import { StateChip } from '../contracts/headline.tsx'
import type { Names } from '../contracts/load-contract.ts'
import { Moment } from '../contracts/records.tsx'
import { yenText } from '../figures.ts'
import { link } from '../links.ts'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import type { Totals } from './load-money.ts'

export type MoneyFilter = ContractStatus | 'due' | undefined

export interface MoneyView {
  readonly reader: Reader
  readonly totals: Totals
  readonly lines: readonly { readonly contract: Contract; readonly names: Names }[]
  readonly filter: MoneyFilter
  readonly next: string | null
  readonly further: boolean
}

const PATH = '/operators/contracts'

/** Whether both sides of the books agree, and what became of the money. */
function Books({ reader, totals }: MoneyView) {
  const { t } = reader
  const { debits, credits, funded, held, released, fee, refunded } = totals
  const agrees = debits === credits && funded === held + released + fee + refunded
  const parts = [
    [t('operator.money.held'), held],
    [t('operator.money.released'), released],
    [t('operator.money.fee'), fee],
    [t('operator.money.refunded'), refunded],
  ] as const
  return (
    <section class="card flow" aria-labelledby="books">
      <div class="card-head">
        <h2 id="books">{t('operator.money.books')}</h2>
        <span class={agrees ? 'state ok' : 'state bad'}>
          <Icon name={agrees ? 'check' : 'info'} small />
          {agrees ? t('operator.money.balanced') : t('operator.money.unbalanced')}
        </span>
      </div>
      <dl class="sides">
        <div>
          <dt>{t('operator.money.debits')}</dt>
          <dd>{yenText(reader.locale, debits)}</dd>
        </div>
        <span aria-hidden="true">{debits === credits ? '=' : '≠'}</span>
        <div>
          <dt>{t('operator.money.credits')}</dt>
          <dd>{yenText(reader.locale, credits)}</dd>
        </div>
      </dl>
      <h3>{t('operator.money.whereItIs')}</h3>
      <p class="tiny">{t('operator.money.whereText', { whole: yenText(reader.locale, funded) })}</p>
      <dl class="figures-row">
        {parts.map(([name, amount]) => (
          <div>
            <dt>{name}</dt>
            <dd>{yenText(reader.locale, amount)}</dd>
          </div>
        ))}
      </dl>
      <details class="quiet-fold">
        <summary class="tiny">{t('operator.money.accounts')}</summary>
        <Accounts reader={reader} totals={totals} />
      </details>
    </section>
  )
}

function Accounts({ reader, totals }: Pick<MoneyView, 'reader' | 'totals'>) {
  const { t } = reader
  const [account, debit, credit, balance, entries] = [
    { title: t('operator.money.account') },
    { title: t('operator.money.debits'), figures: true },
    { title: t('operator.money.credits'), figures: true },
    { title: t('operator.money.balance'), figures: true },
    { title: t('operator.money.entries'), figures: true },
  ] as const satisfies readonly Column[]
  return (
    <RowTable caption={t('operator.money.accounts')} columns={[account, debit, credit, balance, entries]}>
      {totals.accounts.map((one) => (
        <tr role="row">
          <Cell column={account}>{t.find(`operator.money.accountNames.${one.kind}`) ?? one.kind}</Cell>
          <Cell column={debit}>{yenText(reader.locale, one.debit)}</Cell>
          <Cell column={credit}>{yenText(reader.locale, one.credit)}</Cell>
          <Cell column={balance}>{yenText(reader.locale, one.balance)}</Cell>
          <Cell column={entries}>{String(one.entries)}</Cell>
        </tr>
      ))}
    </RowTable>
  )
}

function Filters({ reader, totals, filter }: MoneyView) {
  const { t } = reader
  const used = contractStatuses.filter(
    (status) => (totals.counts[status] ?? 0) > 0 || status === filter || status === 'disputed',
  )
  const choices = [
    { value: undefined, name: t('operator.money.all'), n: Object.values(totals.counts).reduce((sum, n) => sum + n, 0) },
    { value: 'due' as const, name: t('operator.money.due'), n: totals.due },
    ...used.map((status) => ({
      value: status,
      name: t(`contract.statusName.${status === 'proposed' ? 'awaiting-payment' : status}`),
      n: totals.counts[status] ?? 0,
    })),
  ]
  return (
    <nav class="switch" aria-label={t('operator.money.filters')}>
      {choices.map(({ value, name, n }) => (
        <a href={link(reader.locale, PATH, { state: value })} aria-current={value === filter ? 'page' : undefined}>
          {name} <b class="count">{n}</b>
        </a>
      ))}
    </nav>
  )
}

function List({ reader, lines }: MoneyView) {
  const { locale, t } = reader
  const [what, amount, state, next] = [
    { title: t('operator.money.contract') },
    { title: t('operator.money.amount'), figures: true },
    { title: t('operator.money.state') },
    { title: t('operator.money.next') },
  ] as const satisfies readonly Column[]
  return (
    <RowTable caption={t('operator.money.list')} columns={[what, amount, state, next]}>
      {lines.map(({ contract, names }) => (
        <tr role="row">
          <Cell column={what}>
            <span>
              <a href={link(locale, `/contracts/${contract.id}`)}>
                <b>{contract.title}</b>
              </a>
              <small class="under">{`${names.client} → ${names.worker}`}</small>
            </span>
          </Cell>
          <Cell column={amount}>{yenText(locale, contract.amount)}</Cell>
          <Cell column={state}>
            <span>
              <StateChip reader={reader} contract={contract} side="operator" />
            </span>
          </Cell>
          <Cell column={next}>
            {contract.timerAt === null ? (
              t('operator.money.nothingDue')
            ) : (
              <Moment reader={reader} at={contract.timerAt} />
            )}
          </Cell>
        </tr>
      ))}
    </RowTable>
  )
}

/** All contracts and the books behind them. */
export function ContractsPage(view: MoneyView) {
  const { reader, lines, filter, next, further } = view
  const { locale, t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('operator.money.title')} current="money">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('operator.money.title')}</h1>
            <p class="lead">{t('operator.money.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Books {...view} />
          <section aria-labelledby="list">
            <h2 id="list" class="unseen">
              {t('operator.money.list')}
            </h2>
            <Filters {...view} />
            <div class="card flow">
              {lines.length === 0 ? <p class="small quiet">{t('operator.money.empty')}</p> : <List {...view} />}
              {(further || next !== null) && (
                <p class="btns">
                  {further && (
                    <a class="btn s ghost" href={link(locale, PATH, { state: filter })}>
                      <Icon name="left" small />
                      {t('operator.money.toStart')}
                    </a>
                  )}
                  {next !== null && (
                    <a class="btn s outline" href={link(locale, PATH, { state: filter, after: next })}>
                      {t('operator.money.more')}
                      <Icon name="right" small />
                    </a>
                  )}
                </p>
              )}
            </div>
          </section>
        </div>
      </main>
    </Page>
  )
}
