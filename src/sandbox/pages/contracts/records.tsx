import type { Instant } from '../../../kernel/instant.ts'
import { dayText, momentText, timeAttribute } from '../../../platform/page/dates.ts'
import type { IconName } from '../../../platform/page/icon.tsx'
import { Chip, type Tone } from '../../../platform/page/state.tsx'
import { heldOf, type Milestone } from '../../escrow/contract.ts'
import type { ContractEvent } from '../../escrow/contract-event.ts'
import { remarkOf, type StoredEvent } from '../../escrow/evolve.ts'
import { payByOf } from '../../escrow/next-timer.ts'
import { yenText } from '../figures.ts'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'
import { type ContractDetails, namesIn } from './contract-details.ts'

interface RecordView {
  readonly reader: Reader
  readonly details: ContractDetails
}

export const Moment = ({ reader, at }: { reader: Reader; at: Instant }) => (
  <time class="unbroken" datetime={timeAttribute(at)}>
    {momentText(reader.locale, at, reader.now)}
  </time>
)

const Fact = ({ name, value, note }: { name: string; value: string; note?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value}
      {note && <small>{note}</small>}
    </dd>
  </div>
)

/** When the last of what was delivered has to be paid. */
function lastPayment(milestones: readonly Milestone[]): Instant | undefined {
  const dues = milestones.flatMap((part) => payByOf(part) ?? [])
  return dues.length === 0 ? undefined : (Math.max(...dues) as Instant)
}

/** Who, how much, and where the money is. */
export function ContractFacts({ reader, details }: RecordView) {
  const { locale, t } = reader
  const { contract, job } = details
  const names = namesIn(locale, details)
  const payBy = lastPayment(contract.milestones)
  return (
    <section class="card flow" aria-labelledby="facts">
      <h2 id="facts">{t('contract.facts')}</h2>
      <dl class="kv sums">
        <Fact name={t('contract.amount')} value={yenText(locale, contract.amount)} />
        <Fact name={t('contract.held')} value={yenText(locale, heldOf(contract))} />
        <Fact name={t('contract.paid')} value={yenText(locale, contract.released)} />
        <Fact
          name={t('contract.fee')}
          value={yenText(locale, contract.fee)}
          note={t('contract.feeAbout', { percent: contract.feeBasisPoints / 100 })}
        />
        <Fact name={t('contract.refunded')} value={yenText(locale, contract.refunded)} />
      </dl>
      <dl class="kv stacked">
        <div>
          <dt>{t('contract.client')}</dt>
          <dd>
            <a href={link(locale, `/clients/${contract.client}`)}>{names.client}</a>
          </dd>
        </div>
        <div>
          <dt>{t('contract.worker')}</dt>
          <dd>
            <a href={link(locale, `/workers/${contract.worker}`)}>{names.worker}</a>
          </dd>
        </div>
        {job && (
          <div>
            <dt>{t('contract.job')}</dt>
            <dd>
              <a href={link(locale, `/jobs/${job.id}`)}>
                <bdi>{job.title}</bdi>
              </a>
            </dd>
          </div>
        )}
        <Fact name={t('contract.category')} value={reader.t(`market.category.${contract.category}`)} />
        <Fact name={t('contract.made')} value={dayText(locale, contract.createdAt)} />
        {payBy !== undefined && <Fact name={t('contract.payBy')} value={dayText(locale, payBy)} />}
      </dl>
    </section>
  )
}

const milestoneLooks: Readonly<Record<Milestone['status'], readonly [tone: Tone, icon: IconName]>> = {
  open: ['off', 'clock'],
  delivered: ['wait', 'clock'],
  'changes-requested': ['wait', 'clock'],
  accepted: ['ok', 'check'],
  released: ['ok', 'check'],
  refunded: ['off', 'left'],
}

function MilestoneRow({ reader, part }: { reader: Reader; part: Milestone }) {
  const { t } = reader
  const [tone, icon] = milestoneLooks[part.status]
  return (
    <li>
      <div>
        <b>
          <bdi>{part.title}</bdi>
        </b>
        {part.lastDeliveredAt !== null && (
          <p class="tiny">
            {t('contract.delivered')} <Moment reader={reader} at={part.lastDeliveredAt} />
          </p>
        )}
        {part.released > 0 && part.status !== 'released' && (
          <p class="tiny">{`${t('contract.milestoneState.released')} ${yenText(reader.locale, part.released)}`}</p>
        )}
      </div>
      <Chip tone={tone} icon={icon}>
        {t(`contract.milestoneState.${part.status}`)}
      </Chip>
      <b class="sum">{yenText(reader.locale, part.amount)}</b>
    </li>
  )
}

/** Parts of the work that are paid one by one; nothing for work that is one piece. */
export function Milestones({ reader, details: { contract } }: RecordView) {
  const { t } = reader
  if (contract.milestones.length < 2) return null
  return (
    <section class="card flow" aria-labelledby="milestones">
      <div class="card-head">
        <h2 id="milestones">{t('contract.milestones')}</h2>
        <small>{t('contract.milestoneCount', { n: contract.milestones.length })}</small>
      </div>
      <ol class="milestones">
        {contract.milestones.map((part) => (
          <MilestoneRow reader={reader} part={part} />
        ))}
      </ol>
    </section>
  )
}

function Happened({ reader, details, event }: RecordView & { event: StoredEvent }) {
  const { locale, t } = reader
  const { contract } = details
  const names = namesIn(locale, details)
  const who =
    event.actor === contract.client
      ? names.client
      : event.actor === contract.worker
        ? names.worker
        : event.actor === 'system'
          ? t('contract.by.system')
          : t('contract.by.operator')
  const { note, milestone, net } = event.data
  const part = contract.milestones.length > 1 ? contract.milestones.find(({ id }) => id === milestone) : undefined
  const { reason } = remarkOf(event)
  return (
    <li>
      <p class="tiny">
        <Moment reader={reader} at={event.at} />
        <span>{who}</span>
      </p>
      <p>
        <b>{t(`contract.happened.${event.type as ContractEvent['type']}`)}</b>
        {part && <bdi class="quiet"> {part.title}</bdi>}
        {typeof net === 'number' && <span class="quiet unbroken"> {yenText(locale, net)}</span>}
      </p>
      {typeof note === 'string' && note !== '' && <blockquote class="typed">{note}</blockquote>}
      {reason !== undefined && (
        <p class="tiny">
          {t('contract.operatorReason')}: {reason}
        </p>
      )}
    </li>
  )
}

/** Everything that happened, the newest first. */
export const Timeline = ({ reader, details }: RecordView) => (
  <section class="card flow" aria-labelledby="timeline">
    <h2 id="timeline">{reader.t('contract.timeline')}</h2>
    <ol class="timeline" reversed>
      {details.events.toReversed().map((event) => (
        <Happened reader={reader} details={details} event={event} />
      ))}
    </ol>
  </section>
)
