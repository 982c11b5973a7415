import type { CredentialStatus } from '../../credential/credential-status.ts'
import { Chip } from '../../platform/page/state.tsx'
import type { PageContext } from './page-context.ts'

/** The state of a credential, as its holder and staff see it. */
export const CredentialChip = ({ context: { t }, status }: { context: PageContext; status: CredentialStatus }) => {
  switch (status) {
    case 'active':
      return (
        <Chip tone="ok" icon="check">
          {t('certificate.active')}
        </Chip>
      )
    case 'suspended':
      return (
        <Chip tone="wait" icon="pause">
          {t('certificate.suspended')}
        </Chip>
      )
    case 'revoked':
      return (
        <Chip tone="bad" icon="cross">
          {t('certificate.revoked')}
        </Chip>
      )
    case 'expired':
      return <Chip icon="clock">{t('certificate.expired')}</Chip>
    default:
      return status satisfies never
  }
}
