import { clientAccount, type Entry, escrowAccount, FEE, PROVIDER } from '../../escrow/ledger.ts'
import type { Forms } from '../parts/form-parts.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Reader } from '../parts/layout.tsx'
import { Cell, type Column, RowTable } from '../parts/row-table.tsx'
import { contractTexts } from '../texts/contract-texts.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import { type ContractDetails, namesIn } from './load-contract.ts'
import { ProviderForm } from './provider-form.tsx'
import { Moment } from './records.tsx'

interface LedgerView {
  readonly reader: Reader
  readonly details: ContractDetails
  readonly forms: Forms
}

const sum = (entries: readonly Entry[], side: 'debit' | 'credit'): number => entries.reduce((total, entry) => total + entry[side], 0)

function accountIn({ reader, details }: LedgerView, account: string): string {
  const { accounts } = contractTexts[reader.locale].ledger
  const { contract } = details
  const names = namesIn(reader.locale, details)
  if (account === PROVIDER) return accounts.provider
  if (account === FEE) return accounts.fee
  if (account === escrowAccount(contract.id)) return accounts.escrow
  return account === clientAccount(contract.client) ? names.client : names.worker
}

function Entries(view: LedgerView) {
  const { reader, details } = view
  const { ledger } = contractTexts[reader.locale]
  const { yen } = figureTexts[reader.locale]
  const [when, what, account, debit, credit] = [
    { title: ledger.when },
    { title: ledger.what },
    { title: ledger.account },
    { title: ledger.debit, figures: true },
    { title: ledger.credit, figures: true },
  ] as const satisfies readonly Column[]
  const totals = (
    <tr role="row">
      <th scope="row" role="rowheader" colspan={3}>
        {ledger.total}
      </th>
      <Cell column={debit}>{yen(sum(details.entries, 'debit'))}</Cell>
      <Cell column={credit}>{yen(sum(details.entries, 'credit'))}</Cell>
    </tr>
  )
  return (
    <RowTable caption={ledger.title} columns={[when, what, account, debit, credit]} foot={totals}>
      {details.entries.map((entry) => (
        <tr role="row">
          <Cell column={when}>
            <Moment reader={reader} at={entry.at} />
          </Cell>
          <Cell column={what}>{ledger.kinds[entry.kind]}</Cell>
          <Cell column={account}>{accountIn(view, entry.account)}</Cell>
          <Cell column={debit} empty={entry.debit === 0}>
            {entry.debit > 0 && yen(entry.debit)}
          </Cell>
          <Cell column={credit} empty={entry.credit === 0}>
            {entry.credit > 0 && yen(entry.credit)}
          </Cell>
        </tr>
      ))}
    </RowTable>
  )
}

/** Money on its way between people and the payment provider. */
function Transfers({ reader, details, forms }: LedgerView) {
  const { ledger } = contractTexts[reader.locale]
  return (
    <div class="flow">
      <h3>{ledger.transfers}</h3>
      <ul class="lines">
        {details.transfers.map((transfer) => (
          <li>
            <span>
              {ledger.transferKinds[transfer.kind]} <b class="unbroken">{figureTexts[reader.locale].yen(transfer.amount)}</b>
            </span>
            <span class={`chip ${transfer.state === 'succeeded' ? 'good' : transfer.state === 'failed' ? 'bad' : 'waiting'}`}>
              <Icon name={transfer.state === 'succeeded' ? 'check' : transfer.state === 'failed' ? 'info' : 'clock'} className="small" />
              {ledger.transferStates[transfer.state]}
            </span>
            {transfer.state === 'pending' && transfer.kind !== 'payment' && <ProviderForm reader={reader} transfer={transfer} forms={forms} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The books of a contract: folded away, with their outcome in sight. */
export function Ledger(view: LedgerView) {
  const { reader, details } = view
  const { ledger } = contractTexts[reader.locale]
  const { entries, transfers } = details
  if (transfers.length === 0) return null
  return (
    <details class="card fold books">
      <summary>
        <h2>{ledger.title}</h2>
        <small>{entries.length === 0 ? ledger.empty : ledger.balanced(figureTexts[reader.locale].yen(sum(entries, 'debit')))}</small>
        <Icon name="next" className="small turning" />
      </summary>
      <div class="flow">
        {entries.length > 0 && (
          <>
            <p class="tiny">{ledger.about}</p>
            <Entries {...view} />
          </>
        )}
        <Transfers {...view} />
      </div>
    </details>
  )
}
