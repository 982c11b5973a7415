import { badgeName } from '../../../credential/achievement.ts'
import { statusAt } from '../../../credential/credential-status.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { CredentialChip } from '../../ui/credential-chip.tsx'
import { Page } from '../../ui/page.tsx'
import { LaunchNote } from '../staff-door.tsx'
import { Problem, Reason } from './credential-acts.tsx'
import { type CredentialProps, Facts } from './credential-page.tsx'

/** The step before a revocation, which nothing undoes: what it is about, what follows, the reason, and a box to tick. */
export const RevokePage = (props: CredentialProps) => {
  const { context, credential, now, refused } = props
  const { t, locale } = context
  const { id } = credential
  return (
    <Page
      styles={staffStyles}
      context={context}
      title={`${t('credentials.act.revoke')} ${id}`}
      tab="/staff/credentials"
      room="staff"
    >
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <p class="quiet">
              <a href={`/staff/credentials/${id}`}>{badgeName(credential, locale)}</a>
            </p>
            <h1>{t('credentials.act.revoke')}</h1>
          </div>
          <p>
            <CredentialChip context={context} status={statusAt(credential, now)} />
          </p>
        </div>
        <div class="stack">
          <Note tone="bad" icon="alert">
            <p>
              <b>{t('credentials.final')}</b>
            </p>
            <p>{t('credentials.finalText')}</p>
          </Note>
          <Facts {...props} />
          <LaunchNote context={context} />
          <section class="card" id="revoke" aria-labelledby="decide">
            <h2 id="decide">{t('credentials.decide')}</h2>
            <Form method="post" action={`/staff/credentials/${id}/revoke#revoke`} class="stack s">
              {refused && <Problem context={context} refused={refused} />}
              <Reason context={context} act="revoke" refused={refused} />
              <label class="check">
                <input
                  type="checkbox"
                  name="sure"
                  value="1"
                  required
                  aria-invalid={refused?.because === 'sure' ? 'true' : undefined}
                  aria-describedby={refused ? 'revoke-problem' : undefined}
                />
                <span>{t('credentials.sure')}</span>
              </label>
              <p class="btns">
                <button class="btn primary s">{t('credentials.revokeNow')}</button>
                <a class="btn ghost s" href={`/staff/credentials/${id}`}>
                  {t('credentials.cancel')}
                </a>
              </p>
            </Form>
          </section>
        </div>
      </main>
    </Page>
  )
}
