import { Icon } from './icon.tsx'
import { Page } from './page.tsx'
import type { PageContext } from './page-context.ts'

/** The pages that say that there is nothing to show, and where to go instead. */
export type Notice = 'no-session' | 'not-found' | 'gone' | 'forbidden' | 'busy' | 'waiting' | 'unreadable' | 'too-large' | 'error'

export const noticeStatus = { 'no-session': 401, 'not-found': 404, gone: 410, forbidden: 403, busy: 429, waiting: 503, unreadable: 400, 'too-large': 413, error: 500 } as const satisfies Record<
  Notice,
  number
>

export const NoticePage = ({ context, notice, market }: { context: PageContext; notice: Notice; market?: string }) => {
  const { t, visitor } = context
  const back = visitor?.returnUrl ?? market
  return (
    <Page context={context} title={t(`notice.${notice}`)}>
      <main id="main" class="wrap narrow">
        <section class="card" aria-labelledby="notice">
          <h1 id="notice">{t(`notice.${notice}`)}</h1>
          <p>{t(`notice.${notice}Text`)}</p>
          <p class="btns">
            {notice === 'no-session' ? (
              back && (
                <a class="btn primary" href={back}>
                  {t('notice.market')}
                  <Icon name="out" />
                </a>
              )
            ) : (
              <a class="btn primary" href="/">
                {t('exam.all')}
                <Icon name="right" />
              </a>
            )}
          </p>
        </section>
      </main>
    </Page>
  )
}
