import { Icon } from '../../../platform/page/icon.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { clientAccount, type Entry, escrowAccount, FEE, PROVIDER, type Transfer } from '../../escrow/ledger.ts'
import { yenText } from '../figures.ts'
import { type Forms, PageForm } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { type ContractDetails, namesIn } from './contract-details.ts'
import { Moment } from './records.tsx'

/** The answer of the payment provider about a transfer, which somebody gives in its place. */
export function ProviderForm({ reader, transfer, forms }: { reader: Reader; transfer: Transfer; forms: Forms }) {
  const { t } = reader
  return (
    <PageForm form={forms('provider', {}, `provider-${transfer.id}`)} className="btns">
      <input type="hidden" name="transfer" value={transfer.id} />
      <button class="btn s ghost" type="submit" name="outcome" value="succeeded">
        {t('contract.providerPaid')}
      </button>
      <button class="btn s ghost" type="submit" name="outcome" value="failed">
        {t('contract.providerFailed')}
      </button>
    </PageForm>
  )
}

interface LedgerView {
  readonly reader: Reader
  readonly details: ContractDetails
  readonly forms: Forms
}

const sum = (entries: readonly Entry[], side: 'debit' | 'credit'): number =>
  entries.reduce((total, entry) => total + entry[side], 0)

function accountIn({ reader, details }: LedgerView, account: string): string {
  const { t } = reader
  const { contract } = details
  const names = namesIn(reader.locale, details)
  if (account === PROVIDER) return t('contract.ledger.accounts.provider')
  if (account === FEE) return t('contract.ledger.accounts.fee')
  if (account === escrowAccount(contract.id)) return t('contract.ledger.accounts.escrow')
  return account === clientAccount(contract.client) ? names.client : names.worker
}

function Entries(view: LedgerView) {
  const { reader, details } = view
  const { t } = reader
  const [when, what, account, debit, credit] = [
    { title: t('contract.ledger.when') },
    { title: t('contract.ledger.what') },
    { title: t('contract.ledger.account') },
    { title: t('contract.ledger.debit'), figures: true },
    { title: t('contract.ledger.credit'), figures: true },
  ] as const satisfies readonly Column[]
  const totals = (
    <tr role="row">
      <th scope="row" role="rowheader" colspan={3}>
        {t('contract.ledger.total')}
      </th>
      <Cell column={debit}>{yenText(reader.locale, sum(details.entries, 'debit'))}</Cell>
      <Cell column={credit}>{yenText(reader.locale, sum(details.entries, 'credit'))}</Cell>
    </tr>
  )
  return (
    <RowTable caption={t('contract.ledger.title')} columns={[when, what, account, debit, credit]} foot={totals}>
      {details.entries.map((entry) => (
        <tr role="row">
          <Cell column={when}>
            <Moment reader={reader} at={entry.at} />
          </Cell>
          <Cell column={what}>{t(`contract.ledger.kinds.${entry.kind}`)}</Cell>
          <Cell column={account}>{accountIn(view, entry.account)}</Cell>
          <Cell column={debit} empty={entry.debit === 0}>
            {entry.debit > 0 && yenText(reader.locale, entry.debit)}
          </Cell>
          <Cell column={credit} empty={entry.credit === 0}>
            {entry.credit > 0 && yenText(reader.locale, entry.credit)}
          </Cell>
        </tr>
      ))}
    </RowTable>
  )
}

/** Money on its way between people and the payment provider. */
function Transfers({ reader, details, forms }: LedgerView) {
  const { t } = reader
  return (
    <div class="flow">
      <h3>{t('contract.ledger.transfers')}</h3>
      <ul class="lines">
        {details.transfers.map((transfer) => (
          <li>
            <span>
              {t(`contract.ledger.transferKinds.${transfer.kind}`)}{' '}
              <b class="unbroken">{yenText(reader.locale, transfer.amount)}</b>
            </span>
            <Chip
              tone={transfer.state === 'succeeded' ? 'ok' : transfer.state === 'failed' ? 'bad' : 'wait'}
              icon={transfer.state === 'succeeded' ? 'check' : transfer.state === 'failed' ? 'info' : 'clock'}
            >
              {t(`contract.ledger.transferStates.${transfer.state}`)}
            </Chip>
            {transfer.state === 'pending' && transfer.kind !== 'payment' && (
              <ProviderForm reader={reader} transfer={transfer} forms={forms} />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The books of a contract: folded away, with their outcome in sight. */
export function Ledger(view: LedgerView) {
  const { reader, details } = view
  const { t } = reader
  const { entries, transfers } = details
  if (transfers.length === 0) return null
  return (
    <details class="card fold books">
      <summary>
        <h2>{t('contract.ledger.title')}</h2>
        <small>
          {entries.length === 0
            ? t('contract.ledger.empty')
            : t('contract.ledger.balanced', { sum: yenText(reader.locale, sum(entries, 'debit')) })}
        </small>
        <Icon name="right" small turning />
      </summary>
      <div class="flow">
        {entries.length > 0 && (
          <>
            <p class="tiny">{t('contract.ledger.about')}</p>
            <Entries {...view} />
          </>
        )}
        <Transfers {...view} />
      </div>
    </details>
  )
}
