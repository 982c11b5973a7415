import type { Item } from '../../../item/item.ts'
import { Chip } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'

const looks = {
  live: { tone: 'ok', icon: 'check' },
  dormant: { icon: 'clock' },
  draft: { tone: 'hollow', icon: 'dots' },
  pilot: { tone: 'act', icon: 'eye' },
  retired: { icon: 'cross' },
  honeypot: { tone: 'wait', icon: 'flag' },
} as const satisfies Record<Item['status'], object>

/** Whether papers draw the item. */
export const StatusChip = ({ context: { t }, status }: { context: PageContext; status: Item['status'] }) => (
  <Chip {...looks[status]}>{t(`item.${status}`)}</Chip>
)
