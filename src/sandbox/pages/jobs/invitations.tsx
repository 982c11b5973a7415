import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Chip, Note, type Tone } from '../../../platform/page/state.tsx'
import { headBadges } from '../../evidence/evidence.ts'
import type { Suggestion, Suggestions } from '../../flows/suggest-workers.ts'
import type { InvitationState } from '../../job/invitation/invitation.ts'
import { link } from '../links.ts'
import { BadgeChip } from '../parts/certificates.tsx'
import { PageForm } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { PersonName, Score } from '../parts/person-card.tsx'
import { ReasonList } from '../parts/reasons.tsx'
import { Avatar } from '../parts/seal.tsx'
import type { JobPageView } from './job-actions.tsx'

const looks: Readonly<Record<InvitationState, readonly [tone: Tone, icon: IconName]>> = {
  open: ['wait', 'clock'],
  accepted: ['ok', 'check'],
  declined: ['off', 'left'],
  closed: ['off', 'stop'],
}

export function InvitationChip({ reader, state }: { reader: Reader; state: InvitationState }) {
  const [tone, icon] = looks[state]
  return (
    <Chip tone={tone} icon={icon}>
      {reader.t(`job.invite.states.${state}`)}
    </Chip>
  )
}

interface SuggestedView {
  readonly page: JobPageView
  readonly suggestion: Suggestion
  readonly of: Suggestions
}

function Ask({ page, suggestion, of }: SuggestedView) {
  const { reader, forms } = page
  const { candidate } = suggestion.place
  if (suggestion.invitation) return <InvitationChip reader={reader} state={suggestion.invitation.state} />
  if (of.left === 0) return null
  return (
    <PageForm form={forms('invite', {}, `invite-${candidate.id}`)} className="inline" goesTo="invite">
      <input type="hidden" name="worker" value={candidate.id} />
      <button class="btn s outline" type="submit">
        {reader.t('job.invite.button')}
        <bdi class="unseen"> {candidate.worker.name}</bdi>
      </button>
    </PageForm>
  )
}

/** Somebody to invite: who, what clients say, and why it is this person. */
function Suggested(view: SuggestedView) {
  const { reader } = view.page
  const { locale, t } = reader
  const { candidate, reasons, draw } = view.suggestion.place
  const { worker, badges, totals, reviewCount } = candidate
  return (
    <li class="suggested">
      <Avatar id={worker.id} name={worker.name} />
      <div>
        <h3>
          <a href={link(locale, `/workers/${worker.id}`, { draw: draw ? view.of.drawId : undefined })}>
            <PersonName worker={worker} locale={locale} />
          </a>
        </h3>
        <p class="tiny">{locale === 'en' ? worker.skillsEn : worker.skillsJa}</p>
        <div class="chips">
          {headBadges(badges, reader.now).map((badge) => (
            <BadgeChip t={t} badge={badge} now={reader.now} />
          ))}
          {reviewCount === 0 && <Chip icon="sprout">{t('market.person.newcomer')}</Chip>}
        </div>
        {totals && <Score t={t} totals={totals} />}
      </div>
      <Ask {...view} />
      <details class="why">
        <summary>
          <Icon name="question" small />
          <span>
            {t('job.invite.why')}
            <bdi class="unseen"> {worker.name}</bdi>
          </span>
          <Icon name="right" small turning />
        </summary>
        <ReasonList reasons={reasons} locale={locale} />
      </details>
    </li>
  )
}

function Group({ page, of, drawn }: { page: JobPageView; of: Suggestions; drawn: boolean }) {
  const { t } = page.reader
  const some = of.suggestions.filter(({ place }) => isDrawn(of, place.candidate.id) === drawn)
  if (some.length === 0) return null
  return (
    <>
      <p class="tiny">{t(drawn ? 'job.invite.byLot' : 'job.invite.byOrder')}</p>
      <ul class="suggestions">
        {some.map((suggestion) => (
          <Suggested page={page} suggestion={suggestion} of={of} />
        ))}
      </ul>
    </>
  )
}

const isDrawn = ({ drawn }: Suggestions, worker: string): boolean => drawn.includes(worker)

/** Whom the poster might invite, and whom they have. */
export function Inviting(page: JobPageView) {
  const { reader, view } = page
  const { locale, t } = reader
  const of = view.suggestions
  if (!of) return null
  return (
    <section class="card flow" aria-labelledby="invite">
      <h2 id="invite">{t('job.invite.title')}</h2>
      <p class="small">{t('job.invite.text')}</p>
      {of.suggestions.length === 0 && <p class="small quiet">{t('job.invite.none')}</p>}
      <Group page={page} of={of} drawn={false} />
      <Group page={page} of={of} drawn />
      <p class="tiny">{t('job.invite.left', { n: of.left })}</p>
      {of.invited.length > 0 && (
        <>
          <h3>{t('job.invite.list')}</h3>
          <ul class="invited">
            {of.invited.map(({ invitation, listing }) => (
              <li>
                <a href={link(locale, `/workers/${listing.id}`)}>
                  <PersonName worker={listing.worker} locale={locale} />
                </a>
                <InvitationChip reader={reader} state={invitation.state} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Tells a worker that the client invited them, and lets them decline. */
export function OwnInvitation({ reader, view, forms }: JobPageView) {
  const { t } = reader
  if (view.invitation?.state !== 'open' || view.application) return null
  return (
    <Note icon="check" title={t('job.invite.yours')}>
      <p>{t('job.invite.yoursText')}</p>
      <PageForm form={forms('decline')} className="btns">
        <button class="btn s ghost" type="submit">
          {t('job.invite.decline')}
        </button>
      </PageForm>
    </Note>
  )
}
