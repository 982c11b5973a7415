import { Form } from '../../../platform/page/form.tsx'
import { waitingScript } from '../../assets.ts'
import { Page } from '../page.tsx'
import type { PageContext } from '../page-context.ts'

/** What was sent, to be sent again: where to, and its fields. */
export interface Sent {
  readonly action: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/**
 * For those whom the service cannot serve yet. A page that was asked for comes by itself; what was sent is sent again by the
 * page's island, or with the button.
 */
export const WaitingPage = ({ context, seconds, sent }: { context: PageContext; seconds: number; sent?: Sent }) => {
  const { t } = context
  return (
    <Page context={context} title={t('waiting.title')} head={sent && <script type="module" src={waitingScript.href} />}>
      <main id="main" class="wrap narrow">
        <section class="card" aria-labelledby="waiting">
          <h1 id="waiting">{t('waiting.title')}</h1>
          <p>{t(sent ? 'waiting.sentText' : 'waiting.text')}</p>
          <p
            class="big"
            id="wait"
            role="timer"
            data-seconds={seconds}
            data-counting={t('waiting.counting', { seconds: '{seconds}' })}
          >
            {t(sent ? 'waiting.press' : 'waiting.counting', { seconds })}
          </p>
          {sent ? (
            <Form method="post" action={sent.action} id="again" class="btns">
              {sent.fields.map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <button class="btn primary">{t('waiting.send')}</button>
            </Form>
          ) : (
            <p class="btns">
              <a class="btn primary" href={context.path}>
                {t('waiting.reload')}
              </a>
            </p>
          )}
        </section>
      </main>
    </Page>
  )
}
