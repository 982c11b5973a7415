import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import { againHref } from './notice-page.tsx'
import { Page } from './page.tsx'
import type { PageContext } from './page-context.ts'

interface KeptFormProps {
  readonly action: string
  /** What was in the form before: it goes along unseen. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly look: 'primary' | 'outline'
  readonly label: string
}

/** A form that was filled in already and waits for a word: one button, and what it sends. */
const KeptForm = ({ action, fields, look, label }: KeptFormProps) => (
  <Form method="post" action={action}>
    {fields.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={`btn ${look}`}>
      {label}
      <Icon name="right" />
    </button>
  </Form>
)

/** Who is signed in, who would be, and the launch token that waits for the answer. */
export interface AskWho {
  readonly token: string
  readonly current: string
  readonly next: string
}

/** Before a browser changes hands. Names are other people's words: each stands by itself, whatever direction it is written in. */
export const AskWhoPage = ({ context, token, current, next }: { context: PageContext } & AskWho) => {
  const { t } = context
  return (
    <Page context={context} title={t('who.title')}>
      <main id="main" class="wrap narrow">
        <section class="card" aria-labelledby="who">
          <h1 id="who">{t('who.title')}</h1>
          <dl class="kv">
            <div>
              <dt>{t('who.current')}</dt>
              <dd>
                <bdi>{current}</bdi>
              </dd>
            </div>
            <div>
              <dt>{t('who.next')}</dt>
              <dd>
                <bdi>{next}</bdi>
              </dd>
            </div>
          </dl>
          <p>{t('who.text')}</p>
          <div class="btns">
            <a class="btn primary" href="/">
              {t('who.stay')}
            </a>
            <KeptForm action="/launch/confirm" fields={[['token', token]]} look="outline" label={t('who.change')} />
          </div>
        </section>
      </main>
    </Page>
  )
}

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
  const isStaffs = action.startsWith('/staff/')
  return (
    <Page context={context} title={t('notice.launch-too-old')} {...(isStaffs ? { room: 'staff' } : {})}>
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
            <a class="btn outline" href={againHref(isStaffs ? '/staff' : '/')} target="_blank" rel="noopener">
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
