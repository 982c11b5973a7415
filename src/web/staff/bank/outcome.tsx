import type { BankWarning } from '../../../flows/judge-bank.ts'
import type { Item } from '../../../item/item.ts'
import { Chip, Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'

export const outcomes = ['handed', 'live', 'approved', 'returned', 'withdrawn', 'rolled', 'refused', 'stale'] as const
/** What came of the act that led to this page. */
export interface Outcome {
  readonly kind: (typeof outcomes)[number]
}

const bad = new Set<Outcome['kind']>(['refused', 'stale'])

export const OutcomeNote = ({ context: { t }, outcome }: { context: PageContext; outcome?: Outcome }) =>
  outcome ? (
    <Note tone={bad.has(outcome.kind) ? 'bad' : 'ok'} icon={bad.has(outcome.kind) ? 'alert' : 'check'}>
      <p>{t(`bank.done.${outcome.kind}`)}</p>
    </Note>
  ) : null

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
      {warning.tasks && <p>{t('bank.shipped.tasks', warning.tasks)}</p>}
    </Note>
  ) : null

const looks = {
  live: { tone: 'ok', icon: 'check' },
  dormant: { icon: 'clock' },
  draft: { tone: 'hollow', icon: 'dots' },
  pilot: { tone: 'act', icon: 'eye' },
  retired: { icon: 'cross' },
  honeypot: { tone: 'wait', icon: 'flag' },
  practice: { tone: 'hollow', icon: 'eye' },
} as const satisfies Record<Item['status'], object>

/** Whether papers draw the item. */
export const StatusChip = ({ context: { t }, status }: { context: PageContext; status: Item['status'] }) => (
  <Chip {...looks[status]}>{t(`item.${status}`)}</Chip>
)
