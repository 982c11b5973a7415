import { Icon } from '../icon.tsx'
import type { PageLocale } from '../message.ts'
import { CopyButton } from './copy-button.tsx'
import { type Certification, linkedInUrl, profileFields } from './linkedin.ts'

const texts = {
  ja: {
    field: { name: '名称', organisation: '発行組織', issued: '発行', expires: '有効期限', id: '証明書番号', url: '証明書のURL' },
    add: 'LinkedInに追加',
    note: 'LinkedInの入力画面が、記入済みで開きます。保存するまで公開されません。',
    copy: 'コピー',
    copied: 'コピーしました',
  },
  en: {
    field: { name: 'Name', organisation: 'Issuing organisation', issued: 'Issue date', expires: 'Expiration date', id: 'Credential ID', url: 'Credential URL' },
    add: 'Add to LinkedIn',
    note: 'LinkedIn’s form opens filled in. Nothing is public until you save it.',
    copy: 'Copy',
    copied: 'Copied',
  },
} as const

/** What LinkedIn and the like ask for: their form filled in, and each field to copy. Fields can be selected without a script. */
export const ProfileFields = ({ certification, locale }: { certification: Certification; locale: PageLocale }) => {
  const { field, add, note, copy, copied } = texts[locale]
  const fields = profileFields(certification, locale)
  return (
    <div class="stack s">
      <p>
        <a class="btn outline s" href={linkedInUrl(certification)} target="_blank" rel="noopener noreferrer">
          <Icon name="out" small />
          {add}
        </a>
      </p>
      <p class="tiny">{note}</p>
      <dl class="profile">
        {(Object.keys(field) as (keyof typeof field)[]).map((key) => (
          <div>
            <dt>{field[key]}</dt>
            <dd>
              <span class="sel" id={`pf-${key}-${certification.id}`}>
                {fields[key]}
              </span>
              <CopyButton of={`pf-${key}-${certification.id}`} copy={copy} copied={copied} what={field[key]} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
