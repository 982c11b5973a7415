import { type Contract, type ContractStatus, contractStatuses } from '../../escrow/contract.ts'
import { StateChip } from '../contracts/headline.tsx'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import { Icon } from '../parts/icon.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Cell, type Column, RowTable } from '../parts/row-table.tsx'
import { operatorsStyles } from '../styles.ts'
import type { Names } from '../texts/contract-texts.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import { operatorTexts } from '../texts/operator-texts.ts'
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
  const { money: t } = operatorTexts[reader.locale]
  const { yen } = figureTexts[reader.locale]
  const { debits, credits, funded, held, released, fee, refunded } = totals
  const agrees = debits === credits && funded === held + released + fee + refunded
  const parts = [
    [t.held, held],
    [t.released, released],
    [t.fee, fee],
    [t.refunded, refunded],
  ] as const
  return (
    <section class="card flow" aria-labelledby="books">
      <div class="card-head">
        <h2 id="books">{t.books}</h2>
        <span class={agrees ? 'state good' : 'state bad'}>
          <Icon name={agrees ? 'check' : 'info'} className="small" />
          {agrees ? t.balanced : t.unbalanced}
        </span>
      </div>
      <dl class="sides">
        <div>
          <dt>{t.debits}</dt>
          <dd>{yen(debits)}</dd>
        </div>
        <span aria-hidden="true">{debits === credits ? '=' : '≠'}</span>
        <div>
          <dt>{t.credits}</dt>
          <dd>{yen(credits)}</dd>
        </div>
      </dl>
      <h3>{t.whereItIs}</h3>
      <p class="tiny">{t.whereText(yen(funded))}</p>
      <dl class="figures-row">
        {parts.map(([name, amount]) => (
          <div>
            <dt>{name}</dt>
            <dd>{yen(amount)}</dd>
          </div>
        ))}
      </dl>
      <details class="quiet-fold">
        <summary class="tiny">{t.accounts}</summary>
        <Accounts reader={reader} totals={totals} />
      </details>
    </section>
  )
}

function Accounts({ reader, totals }: Pick<MoneyView, 'reader' | 'totals'>) {
  const { money: t } = operatorTexts[reader.locale]
  const { yen } = figureTexts[reader.locale]
  const [account, debit, credit, balance, entries] = [
    { title: t.account },
    { title: t.debits, figures: true },
    { title: t.credits, figures: true },
    { title: t.balance, figures: true },
    { title: t.entries, figures: true },
  ] as const satisfies readonly Column[]
  return (
    <RowTable caption={t.accounts} columns={[account, debit, credit, balance, entries]}>
      {totals.accounts.map((one) => (
        <tr role="row">
          <Cell column={account}>{t.accountNames[one.kind] ?? one.kind}</Cell>
          <Cell column={debit}>{yen(one.debit)}</Cell>
          <Cell column={credit}>{yen(one.credit)}</Cell>
          <Cell column={balance}>{yen(one.balance)}</Cell>
          <Cell column={entries}>{String(one.entries)}</Cell>
        </tr>
      ))}
    </RowTable>
  )
}

function Filters({ reader, totals, filter }: MoneyView) {
  const { money: t } = operatorTexts[reader.locale]
  const used = contractStatuses.filter((status) => (totals.counts[status] ?? 0) > 0 || status === filter || status === 'disputed')
  const choices = [
    { value: undefined, name: t.all, n: Object.values(totals.counts).reduce((sum, n) => sum + n, 0) },
    { value: 'due' as const, name: t.due, n: totals.due },
    ...used.map((status) => ({ value: status, name: t.statuses[status], n: totals.counts[status] ?? 0 })),
  ]
  return (
    <nav class="switch" aria-label={t.filters}>
      {choices.map(({ value, name, n }) => (
        <a href={link(reader.locale, PATH, { state: value })} aria-current={value === filter ? 'page' : undefined}>
          {name} <b class="count">{n}</b>
        </a>
      ))}
    </nav>
  )
}

function List({ reader, lines }: MoneyView) {
  const { locale } = reader
  const { money: t } = operatorTexts[locale]
  const [what, amount, state, next] = [{ title: t.contract }, { title: t.amount, figures: true }, { title: t.state }, { title: t.next }] as const satisfies readonly Column[]
  return (
    <RowTable caption={t.list} columns={[what, amount, state, next]}>
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
          <Cell column={amount}>{figureTexts[locale].yen(contract.amount)}</Cell>
          <Cell column={state}>
            <span>
              <StateChip reader={reader} contract={contract} side="operator" />
            </span>
          </Cell>
          <Cell column={next}>{contract.timerAt === null ? t.nothingDue : <Moment reader={reader} at={contract.timerAt} />}</Cell>
        </tr>
      ))}
    </RowTable>
  )
}

/** All contracts and the books behind them. */
export function ContractsPage(view: MoneyView) {
  const { reader, lines, filter, next, further } = view
  const { locale } = reader
  const { money: t } = operatorTexts[locale]
  return (
    <Page styles={operatorsStyles} reader={reader} title={t.title} current="money">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
          </div>
        </div>
        <div class="stack">
          <Books {...view} />
          <section aria-labelledby="list">
            <h2 id="list" class="unseen">
              {t.list}
            </h2>
            <Filters {...view} />
            <div class="card flow">
              {lines.length === 0 ? <p class="small-text quiet">{t.empty}</p> : <List {...view} />}
              {(further || next !== null) && (
                <p class="buttons">
                  {further && (
                    <a class="button ghost" href={link(locale, PATH, { state: filter })}>
                      <Icon name="back" className="small" />
                      {t.toStart}
                    </a>
                  )}
                  {next !== null && (
                    <a class="button outline" href={link(locale, PATH, { state: filter, after: next })}>
                      {t.more}
                      <Icon name="next" className="small" />
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
