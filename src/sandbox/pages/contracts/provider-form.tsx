import type { Transfer } from '../../escrow/transfer.ts'
import { type Forms, PageForm } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'

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
