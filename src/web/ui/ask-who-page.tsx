import { KeptForm } from './kept-form.tsx'
import { Page } from './page.tsx'
import type { PageContext } from './page-context.ts'

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
