import { Icon } from '../../../platform/page/icon.tsx'
import type { PageContext } from '../page-context.ts'
import { CopyButton } from './copy-button.tsx'
import { type Certification, linkedInUrl, profileFields } from './linkedin.ts'

const names = ['name', 'organisation', 'issued', 'expires', 'id', 'url'] as const

/** What LinkedIn and the like ask for: their form filled in, and each field to copy. Fields can be selected without a script. */
export const ProfileFields = ({
  certification,
  context: { locale, t },
}: {
  certification: Certification
  context: PageContext
}) => {
  const fields = profileFields(certification, locale)
  return (
    <div class="stack s">
      <p>
        <a class="btn outline s" href={linkedInUrl(certification)} target="_blank" rel="noopener noreferrer">
          <Icon name="out" small />
          {t('profile.add')}
        </a>
      </p>
      <p class="tiny">{t('profile.note')}</p>
      <dl class="profile">
        {names.map((key) => (
          <div>
            <dt>{t(`profile.field.${key}`)}</dt>
            <dd>
              <span class="sel" id={`pf-${key}-${certification.id}`}>
                {fields[key]}
              </span>
              <CopyButton
                of={`pf-${key}-${certification.id}`}
                copy={t('profile.copy')}
                copied={t('profile.copied')}
                what={t(`profile.field.${key}`)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
