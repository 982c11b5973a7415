import type { BankWarning } from '../../../flows/judge-bank.ts'
import { Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** How much of a bank is public, what follows from it here, and what to do. */
export const ShippedNote = ({
  context: { t },
  warning,
}: {
  context: PageContext
  warning?: BankWarning | undefined
}) =>
  warning ? (
    <Note tone={warning.standing === 'public' ? 'bad' : 'wait'} icon="alert" title={t('bank.shipped.title')}>
      <p>{t(`bank.shipped.${warning.standing}`, { live: warning.live, shipped: warning.shipped })}</p>
    </Note>
  ) : null
