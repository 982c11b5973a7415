import { type Hold, isHeldBy, mayBecome } from '../../../credential/credential-status.ts'
import type { CredentialRow } from '../../../credential/tables.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { PageContext } from '../../ui/page-context.ts'

export const acts = ['correct', 'suspend', 'reinstate', 'revoke'] as const
export type Act = (typeof acts)[number]

/** An act that came to nothing: what was entered, and why. */
export interface Refused {
  readonly act: Act
  readonly why: string
  /** No reason or too long a one; a confirmation that was left out; or a credential of which it cannot be done now. */
  readonly because: 'why' | 'sure' | 'state'
}

/** What an operator may do about a credential as it stands. What the acts themselves say goes before it. */
export function actsOn(credential: CredentialRow, holds: readonly Hold[], now: Instant): Act[] {
  const { status, validUntil, worker } = credential
  // an erased one was revoked with its holder
  if (worker === '' || !mayBecome(status, 'revoked')) return []
  const [stands, isHeld] = [validUntil > now && status !== 'expired', isHeldBy(holds, 'operator')]
  return acts.filter((act) => {
    if (act === 'correct') return stands && status === 'active'
    if (act === 'suspend') return stands && !isHeld
    return act === 'revoke' || (status === 'suspended' && isHeld)
  })
}

/** What is wrong, above the field that it is about. */
export const Problem = ({ context: { t }, refused }: { context: PageContext; refused: Refused }) => (
  <p class="wrong" role="alert" id={`${refused.act}-problem`}>
    <Icon name="alert" />
    {refused.because === 'state'
      ? t(`credentials.refused.${refused.act}`)
      : t(`credentials.missing.${refused.because}`)}
  </p>
)

/** The reason of an act. What was entered stays. */
export const Reason = ({
  context: { t },
  act,
  refused,
}: {
  context: PageContext
  act: Act
  refused: Refused | undefined
}) => (
  <p class="field wide">
    <label for={`why-${act}`}>{t('staff.reason')}</label>
    <input
      class="input"
      id={`why-${act}`}
      name="why"
      required
      maxlength={400}
      autocomplete="off"
      value={refused?.why}
      aria-invalid={refused?.because === 'why' ? 'true' : undefined}
      aria-describedby={refused ? `${act}-problem` : undefined}
    />
  </p>
)

const ActForm = ({
  context,
  id,
  act,
  refused,
}: {
  context: PageContext
  id: string
  act: Act
  refused: Refused | undefined
}) => {
  const { t } = context
  return (
    <Form method="post" action={`/staff/credentials/${id}/${act}#${act}`} class="stack s">
      {refused && <Problem context={context} refused={refused} />}
      <div class="acts">
        <Reason context={context} act={act} refused={refused} />
        <button class="btn outline s">{t(`credentials.act.${act}`)}</button>
      </div>
    </Form>
  )
}

interface ActsProps {
  readonly context: PageContext
  readonly id: string
  /** What may be done, and what was refused just now. */
  readonly open: readonly Act[]
  readonly refused?: Refused | undefined
}

/** What an operator may do; revoking, which is final, on a page of its own. */
export const Acts = ({ context, id, open, refused }: ActsProps) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="acts">
      <h2 id="acts">{t('credentials.acts')}</h2>
      {open.length === 0 && !refused && <p class="quiet">{t('credentials.noActs')}</p>}
      {acts
        .filter((act) => open.includes(act) || act === refused?.act)
        .map((act) => (
          <section id={act} class="act stack s" aria-labelledby={`${act}-title`}>
            <div>
              <h3 id={`${act}-title`}>{t(`credentials.act.${act}`)}</h3>
              <p class="tiny">{t(`credentials.text.${act}`)}</p>
            </div>
            {act === 'revoke' ? (
              <p class="btns">
                <a class="btn ghost s" href={`/staff/credentials/${id}/revoke`}>
                  {t('credentials.toRevoke')}
                  <Icon name="right" small />
                </a>
              </p>
            ) : (
              <ActForm context={context} id={id} act={act} refused={refused?.act === act ? refused : undefined} />
            )}
          </section>
        ))}
    </section>
  )
}
