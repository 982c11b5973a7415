import { milliseconds } from '../../../kernel/instant.ts'
import { momentText, timeAttribute } from '../../../platform/page/dates.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Chip, type Tone } from '../../../platform/page/state.tsx'
import { type Contract, heldOf } from '../../escrow/contract.ts'
import { leftText } from '../figures.ts'
import type { Reader } from '../parts/layout.tsx'
import type { TimeSentence } from '../texts.ts'
import { actorOf, type ContractDetails, namesIn, type Situation, situationOf } from './contract-details.ts'

const looks: Readonly<Record<Situation, { readonly tone: Tone; readonly icon: IconName }>> = {
  'awaiting-payment': { tone: 'wait', icon: 'clock' },
  'payment-pending': { tone: 'wait', icon: 'clock' },
  'payment-failed': { tone: 'bad', icon: 'info' },
  funded: { tone: 'wait', icon: 'clock' },
  'in-progress': { tone: 'wait', icon: 'clock' },
  delivered: { tone: 'wait', icon: 'clock' },
  'changes-requested': { tone: 'wait', icon: 'clock' },
  accepted: { tone: 'ok', icon: 'check' },
  released: { tone: 'ok', icon: 'check' },
  cancelled: { tone: 'off', icon: 'stop' },
  expired: { tone: 'off', icon: 'clock' },
  disputed: { tone: 'bad', icon: 'pause' },
  decided: { tone: 'ok', icon: 'check' },
}

/** A sentence around a time, with what is left of it. */
export function AroundTime({
  reader,
  sentence,
  at,
}: {
  reader: Reader
  sentence: TimeSentence
  at: Contract['createdAt']
}) {
  const left = at > reader.now ? leftText(reader.locale, milliseconds(at - reader.now)) : undefined
  return (
    <p class="deadline">
      <Icon name="clock" small />
      <span>
        {reader.t.parts(sentence, {
          time: (
            <time class="unbroken" datetime={timeAttribute(at)}>
              {momentText(reader.locale, at, reader.now)}
            </time>
          ),
        })}
        {left && <small class="unbroken">{left}</small>}
      </span>
    </p>
  )
}

/** A contract's state in a word, for lists. */
export function StateChip({
  reader,
  contract,
  side,
}: {
  reader: Reader
  contract: Contract
  side: 'client' | 'worker' | 'operator'
}) {
  const situation = situationOf(contract)
  const { icon, tone } = looks[situation]
  const yours = actorOf[situation] === side
  return (
    <Chip tone={yours ? 'act' : tone} icon={yours ? 'right' : icon}>
      {reader.t(`contract.statusName.${situation}`)}
    </Chip>
  )
}

/** What became of the money is all there is to say of such a contract. */
const ended = (situation: Situation) => situation === 'released' || situation === 'cancelled' || situation === 'decided'

/** What has to happen now, by whom, and what happens by itself otherwise. */
export function Headline({ reader, details }: { reader: Reader; details: ContractDetails }) {
  const { contract, role, events } = details
  const { t } = reader
  const situation = situationOf(contract)
  const names = namesIn(reader.locale, details)
  const mine = actorOf[situation] === role
  const look = looks[situation]
  const timer =
    contract.timer && contract.status === 'disputed'
      ? contract.timer === 'pay-by'
        ? 'pay-by-disputed'
        : 'dispute'
      : contract.timer
  const asked = contract.settledAt === null ? contract.cancelProposedBy : null
  const byRule = events.some(({ type, data }) => type === 'decided' && data.byRule === true)
  return (
    <section class={`card headline ${mine && look.tone === 'wait' ? 'act' : look.tone}`} aria-labelledby="now">
      <Icon name={mine && look.tone === 'wait' ? 'right' : look.icon} />
      <div>
        <h2 id="now">{(mine && t.find(`contract.yours.${situation}`)) || t(`contract.theirs.${situation}`, names)}</h2>
        <p>
          {t(`contract.about.${ended(situation) ? 'ended' : situation}`, {
            ...contract,
            ...names,
            role,
            held: heldOf(contract),
          })}
        </p>
        {situation === 'decided' && byRule && <p>{t('contract.decidedByRule')}</p>}
        {asked !== null && (
          <p>{asked === role ? t('contract.cancelAskedYours') : t('contract.cancelAsked', { name: names[asked] })}</p>
        )}
        {timer && contract.timerAt !== null && (
          <AroundTime reader={reader} sentence={`contract.timer.${timer}`} at={contract.timerAt} />
        )}
      </div>
    </section>
  )
}
