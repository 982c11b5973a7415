import type { StandingEndorsement } from '../../credential/endorsement.ts'
import { dayText } from '../../platform/page/dates.ts'
import { Chip } from '../../platform/page/state.tsx'
import type { PageContext } from '../ui/page-context.ts'

/** Who vouches for the achievement, in their own words, and whether their signature holds. */
export const EndorsementCard = ({
  endorsement,
  context,
}: {
  endorsement: StandingEndorsement | undefined
  context: PageContext
}) => {
  if (!endorsement) return null
  const { t } = context
  const holds = endorsement.state === 'holds'
  return (
    <section class="card" aria-labelledby="endorsement">
      <div class="card-head">
        <h2 id="endorsement">{t('verify.endorsement')}</h2>
        {endorsement.state !== 'broken' && (
          <Chip tone={holds ? 'ok' : undefined} icon={holds ? 'check' : 'info'}>
            {endorsement.issuerName}
          </Chip>
        )}
      </div>
      {endorsement.state !== 'broken' && endorsement.comment && <p>{endorsement.comment}</p>}
      <p class="tiny">
        {t(`verify.endorsementState.${endorsement.state}`)}
        {endorsement.state !== 'broken' && (
          <>
            {' '}
            {t('verify.endorsedSince', { date: dayText(context.locale, endorsement.validFrom) })}
            {' · '}
            <code>{endorsement.issuer}</code>
          </>
        )}
      </p>
    </section>
  )
}
