import { dayText } from '../../../platform/page/dates.ts'
import { Chip } from '../../../platform/page/state.tsx'
import type { OwnPayout } from '../../flows/register-account.ts'
import type { IdentityState } from '../../people/payout/account.ts'
import { type Forms, PageForm, TextField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'

const looks = { unverified: ['off', 'info'], verified: ['ok', 'check'], refused: ['bad', 'stop'] } as const

/** Whether an operator has seen who somebody is. */
export function IdentityChip({ reader, state }: { reader: Reader; state: IdentityState }) {
  const [tone, icon] = looks[state]
  return (
    <Chip tone={tone} icon={icon}>
      {reader.t(`account.identityNames.${state}`)}
    </Chip>
  )
}

/** Where a worker is paid, what is kept of it, and the form to register another account. */
export function PayoutPart({ reader, payout, forms }: { reader: Reader; payout: OwnPayout; forms: Forms }) {
  const { locale, t } = reader
  const { account, identity, note } = payout
  const form = forms('payout')
  return (
    <section class="card flow" aria-labelledby="payout-account">
      <div class="card-head">
        <h2 id="payout-account">{t('account.payout')}</h2>
        <IdentityChip reader={reader} state={identity} />
      </div>
      <p>
        {account
          ? t('account.payoutIs', { ending: account.ending, day: dayText(locale, account.registeredAt) })
          : t('account.payoutNone')}
      </p>
      {note !== '' && <p class="small written">{t('account.identityNote', { note })}</p>}
      <p class="small">{t('account.payoutRule')}</p>
      <PageForm form={form}>
        <TextField form={form} name="bank" label={t('form.names.bank')} hint={t('account.bankHint')} type="count" />
        <TextField
          form={form}
          name="branch"
          label={t('form.names.branch')}
          hint={t('account.branchHint')}
          type="count"
        />
        <TextField
          form={form}
          name="number"
          label={t('form.names.number')}
          hint={t('account.numberHint')}
          type="count"
        />
        <p class="tiny">{t('account.payoutKept')}</p>
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t(account ? 'account.payoutChange' : 'account.payoutSend')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}
