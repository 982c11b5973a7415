import { dayText } from '../../../platform/page/dates.ts'
import { Chip } from '../../../platform/page/state.tsx'
import type { OwnIntroduction } from '../../flows/introduce-worker.ts'
import type { OwnPayout } from '../../flows/register-account.ts'
import type { OwnSample } from '../../flows/send-sample.ts'
import type { Profile } from '../../flows/show-worker.ts'
import { actionName } from '../../moderation/decision/statement.ts'
import type { Decision } from '../../moderation/decision/store.ts'
import type { Client, Person } from '../../people/person.ts'
import type { Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { Certificates } from '../parts/certificates.tsx'
import { type Forms, PageForm, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { type Paged, Pager } from '../parts/pager.tsx'
import { Avatar } from '../parts/seal.tsx'
import { accountStyles } from '../styles.ts'
import { NoticeLine, type ToldNotice } from './account-parts.tsx'
import { IntroductionPart } from './introduction-part.tsx'
import { PayoutPart } from './payout-part.tsx'
import { SamplePart } from './sample-part.tsx'

export interface MeView {
  readonly reader: Reader
  readonly person: Person
  /** Of a worker. */
  readonly profile: Profile | undefined
  readonly client: Client | undefined
  /** Of a worker. */
  readonly payout: OwnPayout | undefined
  /** Of a worker: what they tell of themselves. */
  readonly introduction: OwnIntroduction | undefined
  /** Of a worker: what they wrote of their own work, by category. */
  readonly samples: readonly OwnSample[]
  readonly notices: Paged<ToldNotice>
  readonly decisions: Paged<Decision>
  /** The places of both lists, as the address has them. */
  readonly places: { readonly before?: string | undefined; readonly decided?: string | undefined }
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

const looks = { good: ['ok', 'check'], restricted: ['wait', 'info'], suspended: ['bad', 'stop'] } as const

function Identity({ reader, person, profile, client }: MeView) {
  const { locale, t } = reader
  const known = profile?.listing.worker ?? client
  const [tone, icon] = looks[known?.standing ?? 'good']
  return (
    <section class="card identity" aria-labelledby="me">
      <Avatar id={person.id} name={person.name} />
      <div>
        <h1 id="me">
          <bdi lang="ja">{person.name}</bdi>
          {locale === 'en' && known && <span class="reading">{known.reading}</span>}
        </h1>
        <p class="quiet small offer">
          <span>{t(`account.role.${person.role}`)}</span>
          <span>
            {t('account.id')} <code>{person.id}</code>
          </span>
          {known && (
            <span>
              {t('account.joined')} {dayText(locale, known.joinedAt)}
            </span>
          )}
        </p>
        {known && (
          <div class="chips">
            <Chip tone={tone} icon={icon}>
              {t(`account.standingNames.${known.standing}`)}
            </Chip>
          </div>
        )}
      </div>
      {known && (
        <div class="btns">
          <a
            class="btn s outline"
            href={link(locale, person.role === 'worker' ? `/workers/${person.id}` : `/clients/${person.id}`)}
          >
            {t('account.profile')}
          </a>
        </div>
      )}
    </section>
  )
}

function Notices({ reader, notices, places, forms }: MeView) {
  const { t } = reader
  const unread = notices.entries.filter(({ readAt }) => readAt === null)
  return (
    <section class="card flow" aria-labelledby="notices">
      <div class="card-head">
        <h2 id="notices">{t('account.notices')}</h2>
        <small>{t('account.unreadCount', { n: unread.length })}</small>
      </div>
      {notices.entries.length === 0 && <p class="small quiet">{t('account.noNotices')}</p>}
      <ul class="notices">
        {notices.entries.map((notification) => (
          <li>
            <NoticeLine reader={reader} notification={notification} />
            {notification.readAt === null && (
              <PageForm form={forms('read', {}, `read-${notification.id}`)} className="inline">
                <button class="btn s ghost" type="submit" name="notice" value={notification.id}>
                  {t('account.markRead')}
                </button>
              </PageForm>
            )}
          </li>
        ))}
      </ul>
      {unread.length > 1 && (
        <PageForm form={forms('read', {}, 'read-all')} className="inline">
          {unread.map(({ id }) => (
            <input type="hidden" name={`notice-${id}`} value={id} />
          ))}
          <button class="btn s outline" type="submit">
            {t('account.markAllRead')}
          </button>
        </PageForm>
      )}
      <Pager reader={reader} path="/me" query={places} place="before" next={notices.next} list="notices" />
    </section>
  )
}

function Decisions({ reader, decisions, places }: MeView) {
  const { locale, t } = reader
  return (
    <section class="card flow" aria-labelledby="decisions">
      <h2 id="decisions">{t('account.decisions')}</h2>
      <p class="tiny">{t('account.decisionsText')}</p>
      {decisions.entries.length === 0 && <p class="small quiet">{t('account.noDecisions')}</p>}
      <ul class="entries">
        {decisions.entries.map(({ id, action, decidedAt }) => (
          <li>
            <a href={link(locale, `/decisions/${id}`)}>
              <b>{actionName(locale, action)}</b>
            </a>
            <span class="tiny unbroken">{dayText(locale, decidedAt)}</span>
          </li>
        ))}
      </ul>
      <Pager reader={reader} path="/me" query={places} place="decided" next={decisions.next} list="decisions" />
    </section>
  )
}

/** Who the reader is, what they were told, and what was decided about them. */
export function MePage(view: MeView) {
  const { reader, profile, payout, introduction, samples, forms, rejected } = view
  const title = reader.t('account.me')
  return (
    <Page styles={accountStyles} reader={reader} title={`${rejected ? reader.t('form.titlePrefix') : ''}${title}`}>
      <main id="main" class="wrap">
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <Identity {...view} />
          <div class="cols">
            <div class="stack">
              <Notices {...view} />
              {introduction && introduction.worker.categories.length > 0 && (
                <IntroductionPart reader={reader} own={introduction} forms={forms} />
              )}
              {samples.length > 0 && <SamplePart reader={reader} samples={samples} forms={forms} />}
              {payout && <PayoutPart reader={reader} payout={payout} forms={forms} />}
            </div>
            <div class="stack plain-words">
              <Decisions {...view} />
              {profile && <Certificates reader={reader} profile={profile} now={reader.now} />}
            </div>
          </div>
        </div>
      </main>
    </Page>
  )
}
