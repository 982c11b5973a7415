import { momentText, timeAttribute } from '../../../platform/page/dates.ts'
import type { Contract } from '../../escrow/contract.ts'
import type { MovedMoney } from '../../escrow/store.ts'
import type { Job } from '../../job/job.ts'
import { noticeText } from '../../notification/notice.ts'
import type { Notification } from '../../notification/store.ts'
import { situationOf } from '../contracts/contract-details.ts'
import { StateChip } from '../contracts/headline.tsx'
import { yenText } from '../figures.ts'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'

/** A contract with what the other side is called. */
export interface OwnContract {
  readonly contract: Contract
  readonly other: string
}

/** A contract in a list: what, with whom, how it stands, and until when. */
export function ContractRow({ reader, own, side }: { reader: Reader; own: OwnContract; side: 'client' | 'worker' }) {
  const { locale } = reader
  const { contract, other } = own
  return (
    <li>
      <div>
        <a href={link(locale, `/contracts/${contract.id}`)}>
          <b>
            <bdi>{contract.title}</bdi>
          </b>
        </a>
        <p class="tiny">
          <span>{other}</span>
          <span class="unbroken">{yenText(locale, contract.amount)}</span>
          {contract.timerAt !== null && (
            <time class="unbroken" datetime={timeAttribute(contract.timerAt)}>
              {contract.timer !== null && reader.t(`contract.timerName.${contract.timer}`)}{' '}
              {momentText(locale, contract.timerAt, reader.now)}
            </time>
          )}
        </p>
      </div>
      <StateChip reader={reader} contract={contract} side={side} />
    </li>
  )
}

/** What a contract asks of one of its sides, in a line. */
export function taskOf(reader: Reader, { contract }: OwnContract, side: 'client' | 'worker'): string {
  const { t } = reader
  if (contract.cancelProposedBy !== null && contract.cancelProposedBy !== side && contract.settledAt === null)
    return t('contract.cancelTask')
  return t.find(`contract.yours.${situationOf(contract)}`) ?? ''
}

export function Money({ reader, money, side }: { reader: Reader; money: MovedMoney; side: 'client' | 'worker' }) {
  const { t } = reader
  const { held, released, fee, refunded } = money
  const facts: readonly (readonly [string, number, string?])[] =
    side === 'worker'
      ? [
          [t('account.moneyHeldForYou'), held],
          [t('account.moneyGot'), released],
        ]
      : [
          [t('account.moneyHeldByYou'), held],
          [t('account.moneyPaid'), released + fee, `${t('account.moneyFee')} ${yenText(reader.locale, fee)}`],
          [t('account.moneyBack'), refunded],
        ]
  return (
    <section class="card flow" aria-labelledby="money">
      <h2 id="money">{t('account.money')}</h2>
      <dl class="kv sums">
        {facts.map(([name, amount, note]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              {yenText(reader.locale, amount)}
              {note && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <p class="tiny">{t('account.moneyNote')}</p>
    </section>
  )
}

/** Something that somebody was told, and the jobs that it is about. */
export interface ToldNotice extends Notification {
  readonly about: readonly Pick<Job, 'id' | 'title'>[]
}

/** One notice, marked as read or not by word and sign. */
export function NoticeLine({ reader, notification }: { reader: Reader; notification: ToldNotice }) {
  const { locale, t } = reader
  return (
    <>
      <p class="tiny">
        <span class={notification.readAt === null ? 'mark new' : 'mark'}>
          {notification.readAt === null ? t('account.unread') : t('account.read')}
        </span>
        <time class="unbroken" datetime={timeAttribute(notification.at)}>
          {momentText(locale, notification.at, reader.now)}
        </time>
      </p>
      <p class="written">{noticeText(notification.notice)[locale]}</p>
      {'decision' in notification.notice && (
        <a href={link(locale, `/decisions/${notification.notice.decision}`)}>{t('account.openDecision')}</a>
      )}
      {'contract' in notification.notice && (
        <a href={link(locale, `/contracts/${notification.notice.contract}`)}>{t('account.openContract')}</a>
      )}
      {notification.about.map(({ id, title }) => (
        <a href={link(locale, `/jobs/${id}`)}>
          <bdi>{title}</bdi>
        </a>
      ))}
    </>
  )
}

/** The newest notices, with the way to all of them. */
export function LatestNotices({ reader, notices }: { reader: Reader; notices: readonly ToldNotice[] }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="notices">
      <div class="card-head">
        <h2 id="notices">{t('account.notices')}</h2>
        <small>{t('account.unreadCount', { n: notices.filter(({ readAt }) => readAt === null).length })}</small>
      </div>
      {notices.length === 0 && <p class="small quiet">{t('account.noNotices')}</p>}
      <ul class="notices">
        {notices.map((notification) => (
          <li>
            <NoticeLine reader={reader} notification={notification} />
          </li>
        ))}
      </ul>
      {notices.length > 0 && (
        <a class="small" href={link(reader.locale, '/me')}>
          {t('account.allNotices')}
        </a>
      )}
    </section>
  )
}
