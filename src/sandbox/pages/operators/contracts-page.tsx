import { Hono } from 'hono'
import * as z from 'zod'
import { days, plus } from '../../../kernel/instant.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { type Contract, type ContractStatus, contractStatuses } from '../../escrow/contract.ts'
import { listContracts, sumContracts } from '../../escrow/store.ts'
import { readBalanceSheet, readContracts } from '../../flows/read-contracts.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { type Names, namesIn } from '../contracts/contract-details.ts'
import { StateChip } from '../contracts/headline.tsx'
import { Moment } from '../contracts/records.tsx'
import { yenText } from '../figures.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Pager } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'

export type MoneyFilter = ContractStatus | 'due' | undefined

export interface MoneyView {
  readonly reader: Reader
  readonly totals: Totals
  readonly lines: readonly { readonly contract: Contract; readonly names: Names }[]
  readonly filter: MoneyFilter
  readonly next: string | null
  readonly after: string | undefined
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
  const { reader, lines, filter, next, after } = view
  const { t } = reader
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
              <Pager reader={reader} path={PATH} query={{ state: filter, after }} next={next ?? undefined} />
            </div>
          </section>
        </div>
      </main>
    </Page>
  )
}

/** How soon something is about to happen by itself on a contract that an operator should know of. */
export const soon = (world: SandboxWorld) => plus(world.now(), days(3))

const MOST_COUNTED = 1_000

/** All books and all contracts together, in yen. */
export interface Totals {
  readonly debits: number
  readonly credits: number
  readonly accounts: Awaited<ReturnType<typeof readBalanceSheet>>['accounts']
  readonly funded: number
  /** What the books have in escrow. */
  readonly held: number
  readonly released: number
  readonly fee: number
  readonly refunded: number
  readonly counts: Readonly<Partial<Record<ContractStatus, number>>>
  /** Contracts on which something happens within three days. */
  readonly due: number
}

/** Reads the sums: what is held comes from the books, the rest from the contracts, so that one checks the other. */
export async function loadTotals(world: SandboxWorld): Promise<Totals> {
  const [sheet, sums, due] = await Promise.all([
    readBalanceSheet(world),
    sumContracts(world.db),
    listContracts(world.db, { dueBy: soon(world), limit: MOST_COUNTED }),
  ])
  const total = (of: 'funded' | 'released' | 'fee' | 'refunded') => sums.reduce((sum, row) => sum + row[of], 0)
  const escrow = sheet.accounts.find(({ kind }) => kind === 'escrow')
  return {
    ...sheet,
    funded: total('funded'),
    held: escrow ? escrow.credit - escrow.debit : 0,
    released: total('released'),
    fee: total('fee'),
    refunded: total('refunded'),
    counts: Object.fromEntries(sums.map(({ status, contracts }) => [status, contracts])),
    due: due.length,
  }
}

const CONTRACTS_PER_PAGE = 25

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const contractsQuery = z.object({
  state: z
    .enum([...contractStatuses, 'due'])
    .optional()
    .catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
})

async function contractsPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const { state, after } = contractsQuery.parse(c.req.query())
  const filter = state === 'due' ? { dueBy: soon(world) } : { status: state }
  const found = await readContracts(world, personOf(c), { ...filter, after, limit: CONTRACTS_PER_PAGE })
  if (!found.ok) return refuse(c, found.problem)
  const lines = await Promise.all(
    found.value.contracts.map(async ({ contract }) => ({
      contract,
      names: namesIn(reader.locale, {
        client: await findClient(world.db, contract.client),
        worker: await findWorker(world.db, contract.worker),
      }),
    })),
  )
  return show(
    c,
    <ContractsPage
      reader={reader}
      totals={await loadTotals(world)}
      lines={lines}
      filter={state}
      next={found.value.next}
      after={after}
    />,
  )
}

/** Contracts and money, for operators. */
export const moneyPages = (): Hono<SandboxEnv> => new Hono<SandboxEnv>().get('/operators/contracts', contractsPage)
