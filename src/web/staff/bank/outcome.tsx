import type { BankWarning } from '../../../flows/judge-bank.ts'
import type { Item } from '../../../item/item.ts'
import type { UsedItemVersion } from '../../../kernel/problem.ts'
import { Chip, Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { TypedWhy } from '../typed-why.tsx'

export const outcomes = [
  'handed',
  'live',
  'approved',
  'returned',
  'withdrawn',
  'rolled',
  'refused',
  'used',
  'stale',
] as const
/** What came of the act that led to this page. */
export interface Outcome {
  readonly kind: (typeof outcomes)[number]
  /** Of one that was refused: what was asked for, and the reason that was given. */
  readonly typed?: { readonly act: string; readonly why: string }
}

/** The reason that was given for an act that was refused. */
export const typedWhy = (outcome: Outcome | undefined, act: string): string | undefined =>
  outcome?.typed?.act === act ? outcome.typed.why : undefined

const bad = new Set<Outcome['kind']>(['refused', 'used', 'stale'])

export const OutcomeNote = ({ context, outcome }: { context: PageContext; outcome?: Outcome | undefined }) =>
  outcome ? (
    <Note tone={bad.has(outcome.kind) ? 'bad' : 'ok'} icon={bad.has(outcome.kind) ? 'alert' : 'check'}>
      <p>{context.t(`bank.done.${outcome.kind}`)}</p>
      {outcome.typed && <TypedWhy context={context} why={outcome.typed.why} />}
    </Note>
  ) : null

/** Items whose number was published with other content: the version cannot go live. */
export const UsedNote = ({ context: { t }, used }: { context: PageContext; used: readonly UsedItemVersion[] }) =>
  used.length === 0 ? null : (
    <Note tone="bad" icon="alert" title={t('bank.numbers.title')}>
      <p>{t('bank.numbers.text')}</p>
      <ul>
        {used.map(({ where, ...one }) => (
          <li>
            {where && <code>{where}</code>} {t('desk.numberUsed', one)}
          </li>
        ))}
      </ul>
    </Note>
  )

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
