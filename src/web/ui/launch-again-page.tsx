import { Icon } from '../../platform/page/icon.tsx'
import { KeptForm } from './kept-form.tsx'
import { againHref } from './notice-page.tsx'
import { Page } from './page.tsx'
import type { PageContext } from './page-context.ts'

interface LaunchAgainProps {
  readonly context: PageContext
  /** Where the form went, and what was in it. */
  readonly action: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** An act that needs a younger launch waits here: the launch happens in another tab, and nothing that was typed is lost. */
export const LaunchAgainPage = ({ context, action, fields }: LaunchAgainProps) => {
  const { t } = context
  const why = fields.find(([name]) => name === 'why')?.[1]
  return (
    <Page context={context} title={t('notice.launch-too-old')} room="staff">
      <main id="main" class="wrap narrow">
        <section class="card" aria-labelledby="again">
          <h1 id="again">{t('notice.launch-too-old')}</h1>
          <p>{t('again.text')}</p>
          {why && (
            <dl class="kv">
              <div>
                <dt>{t('staff.reason')}</dt>
                <dd>{why}</dd>
              </div>
            </dl>
          )}
          <div class="btns">
            <a class="btn outline" href={againHref('/staff')} target="_blank" rel="noopener">
              {t('again.market')}
              <Icon name="out" />
            </a>
            <KeptForm action={action} fields={fields} look="primary" label={t('again.now')} />
          </div>
        </section>
      </main>
    </Page>
  )
}
