import type { Verdict } from '@kentei/verify/parts'
import type { Child } from 'hono/jsx'
import { guillocheBand } from '../../credential/badge-artwork.ts'
import { dayText, dayTimeText, timeAttribute } from '../../platform/page/dates.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { brandLink } from '../../platform/page/words.ts'
import { Drawing } from '../ui/drawing.tsx'
import { badgeOf, type CertificateView } from './certificate-view.ts'
import { LineageRows, Successor, successorOf } from './lineage-rows.tsx'

/** Tint of a verdict: settled, waiting, refused or inactive. `unknown` is inactive: it must not look valid. */
export const tones: Readonly<Record<Verdict, 'ok' | 'wait' | 'bad' | 'off'>> = {
  valid: 'ok',
  suspended: 'wait',
  revoked: 'bad',
  invalid: 'bad',
  expired: 'off',
  unknown: 'off',
}

export const VerdictIcon = ({ verdict, small }: { verdict: Verdict; small?: boolean }) => {
  if (verdict === 'unknown') return <Icon name="question" small={small} />
  const icon = { valid: 'check', suspended: 'pause', revoked: 'cross', invalid: 'cross', expired: 'clock' } as const
  return <Icon name={icon[verdict]} small={small} />
}

const Day = ({ view, at }: { view: CertificateView; at: number }) => (
  <time class="unbroken" datetime={timeAttribute(at)}>
    {dayText(view.context.locale, at)}
  </time>
)

const Row = ({ name, children, big }: { name: string; children: Child; big?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd class={big ? 'big' : undefined}>{children}</dd>
  </div>
)

const DAY = 86_400_000

/** What is left until an end, in the largest unit of which there is at least one; months and years are calendar averages. */
function remaining(now: number, until: number): { unit: 'year' | 'month' | 'day'; count: number } {
  const days = Math.ceil((until - now) / DAY)
  if (days >= 365) return { unit: 'year', count: Math.round(days / 365.25) }
  return days >= 60 ? { unit: 'month', count: Math.floor(days / 30.44) } : { unit: 'day', count: days }
}

const ValidRows = ({ view }: { view: CertificateView }) => {
  const { t, record, checkedAt, lineage } = view
  return (
    <>
      <Row name={t('verify.field.passedOn')}>
        <Day view={view} at={lineage.passedAt} />
      </Row>
      <Row name={t('verify.field.validUntil')}>
        <Day view={view} at={record.validUntil} />
        {record.validUntil > checkedAt && (
          <small>{t('verify.remaining', remaining(checkedAt, record.validUntil))}</small>
        )}
      </Row>
      <Row name={t('verify.field.issuer')}>
        {view.issuerName}
        <small class="host">{view.host}</small>
      </Row>
    </>
  )
}

/** When and how it ended, in the words of its verdict. */
const EndRow = ({ view }: { view: CertificateView }) => {
  const { t, record, verification, checkedAt, context } = view
  switch (verification.verdict) {
    case 'suspended':
      return (
        <Row name={t('verify.field.suspended')}>
          {t('verify.since', { date: dayText(context.locale, record.statusChangedAt) })}
          <small>{t('verify.field.suspendedNote')}</small>
        </Row>
      )
    case 'revoked':
      return (
        <Row name={t('verify.field.revoked')}>
          <Day view={view} at={record.statusChangedAt} />
          <small>{t('verify.field.revokedNote')}</small>
        </Row>
      )
    case 'expired':
      return (
        <Row name={t('verify.field.expired')}>
          {t('verify.endedOn', { date: dayText(context.locale, record.validUntil) })}
          <small>{t('verify.daysAgo', { days: Math.floor((checkedAt - record.validUntil) / DAY) })}</small>
        </Row>
      )
    default: {
      const isSigned = verification.checks.some(({ check, outcome }) => check === 'signature' && outcome === 'passed')
      return (
        <>
          <Row name={t('verify.field.signature')}>
            {isSigned ? t('verify.signatureRight') : t('verify.signatureNot')}
          </Row>
          <Row name={t('verify.field.status')}>{t(`verify.verdicts.${verification.verdict}.word`)}</Row>
        </>
      )
    }
  }
}

/** What a reader of one that does not stand can do next. */
const Next = ({ view }: { view: CertificateView }) => {
  const { t, verification, url, context, lineage } = view
  const { verdict } = verification
  const successor = successorOf(view)
  const next = !successor && !lineage.renewedBy && t(`verify.verdicts.${verdict}.next`)
  return (
    <div class="what">
      {successor && <Successor view={view} {...successor} />}
      {next && <p>{next}</p>}
      {verdict === 'suspended' && <p class="quiet">{t('verify.inAHurry')}</p>}
      {verdict === 'unknown' && (
        <p class="btns">
          <a class="btn outline s" href={`${new URL(url).pathname}?lang=${context.tag}`}>
            <Icon name="redo" small />
            {t('verify.retry')}
          </a>
        </p>
      )}
    </div>
  )
}

/** Where the holder can be offered a job; nothing where the marketplace has named no such pages. */
const Hire = ({ view }: { view: CertificateView }) => {
  const { t, context, record } = view
  const { hiring, profile } = context.brand.links
  if (!hiring && !profile) return null
  const href = (template: string) => brandLink(template, { worker: record.worker, language: context.locale })
  return (
    <div class="hire">
      <p>
        {record.holderName
          ? t.parts('verify.hire.who', { name: <b>{record.holderName}</b> })
          : t('verify.hire.somebody')}
      </p>
      <p class="btns">
        {hiring && (
          <a class="btn primary" href={href(hiring)}>
            {t('verify.hire.ask')}
            <Icon name="out" small />
          </a>
        )}
        {profile && (
          <a class="btn ghost" href={href(profile)}>
            {t('verify.hire.profile')}
          </a>
        )}
      </p>
    </div>
  )
}

/** What is known of who the holder is. */
const HolderNote = ({ view: { t, record, context } }: { view: CertificateView }) => {
  const { holderName, verified } = record
  // a day of the calendar: the same wherever it is read
  const day = verified && dayText(context.locale, Date.parse(`${verified.on}T03:00:00Z`))
  if (!verified || !day) return holderName ? <small>{t('verify.field.holderNote')}</small> : null
  return (
    <small>{t(holderName ? 'verify.field.holderVerified' : 'verify.field.verified', { by: verified.by, day })}</small>
  )
}

const VerdictBar = ({ view }: { view: CertificateView }) => {
  const { t, verification, context, checkedAt } = view
  return (
    <div class={`verdict ${tones[verification.verdict]}`}>
      <span class="mk">
        <VerdictIcon verdict={verification.verdict} />
      </span>
      <div>
        <h1 id="verdict">{t(`verify.verdicts.${verification.verdict}.heading`)}</h1>
        <p>{t(`verify.verdicts.${verification.verdict}.lead`)}</p>
      </div>
      <p class="when">
        {t('verify.checkedNow')} <br />
        <time datetime={timeAttribute(checkedAt)}>{dayTimeText(context.locale, checkedAt)}</time>
      </p>
    </div>
  )
}

/** The certificate with its verdict: what a client must see first. */
export const CertificateCard = ({ view }: { view: CertificateView }) => {
  const { t, record, verification, state, title, name } = view
  const isValid = verification.verdict === 'valid'
  return (
    <article class="card cert" aria-labelledby="verdict">
      <Drawing svg={guillocheBand(record.exam, title, state)} />
      <VerdictBar view={view} />
      <div class={isValid ? 'certin' : 'certin fallen'}>
        <Drawing svg={badgeOf(view, 'page')} />
        <dl class="w4">
          <Row name={t('verify.field.holder')} big={isValid}>
            {record.holderName || t('verify.field.unnamed')}
            {isValid && <HolderNote view={view} />}
          </Row>
          <Row name={t('verify.field.exam')} big={isValid}>
            {name}
            <small>{t(`verify.rests.${view.parts.length > 0 ? 'both' : 'knowledge'}`)}</small>
          </Row>
          {isValid ? (
            <ValidRows view={view} />
          ) : (
            <>
              <Row name={t('verify.field.issuedOn')}>
                <Day view={view} at={record.issuedAt} />
              </Row>
              <EndRow view={view} />
            </>
          )}
          <LineageRows view={view} />
        </dl>
        {!isValid && <Next view={view} />}
      </div>
      {isValid && !view.isDemonstration && <Hire view={view} />}
    </article>
  )
}
