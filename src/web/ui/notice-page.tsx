import { Icon } from '../../platform/page/icon.tsx'
import { staffStyles } from '../assets.ts'
import { Page } from './page.tsx'
import type { PageContext } from './page-context.ts'

/** The pages that say that there is nothing to show, and where to go instead. */
export type Notice =
  | 'no-session'
  | 'signed-out'
  | 'not-listed'
  | 'own-case'
  | 'sitting'
  | 'not-yours'
  | 'not-found'
  | 'gone'
  | 'forbidden'
  | 'busy'
  | 'changed'
  | 'unreadable'
  | 'too-large'
  | 'error'

export const noticeStatus = {
  'no-session': 401,
  'signed-out': 200,
  'not-listed': 403,
  'own-case': 403,
  sitting: 409,
  'not-yours': 404,
  'not-found': 404,
  gone: 410,
  forbidden: 403,
  busy: 429,
  changed: 409,
  unreadable: 400,
  'too-large': 413,
  error: 500,
} as const satisfies Record<Notice, number>

/** Where another launch is what helps. */
const needsLaunch: ReadonlySet<Notice> = new Set(['no-session', 'signed-out', 'not-listed', 'not-yours'])

/** The way to the marketplace that comes back to a page of ours with the next launch. */
export const againHref = (path: string): string => `/launch/again?${new URLSearchParams({ to: path })}`

/** Whether the page at hand is one of staff's, and looked at by staff. */
export const isOfStaff = ({ path, visitor }: PageContext): boolean =>
  /^\/staff(?![\w-])/.test(path) && visitor !== undefined && visitor.role !== 'worker'

interface NoticeProps {
  readonly context: PageContext
  readonly notice: Notice
  /** What whoever runs this service must know, in English. */
  readonly detail?: string | undefined
  readonly market?: string
  /** The page to come back to after another launch. */
  readonly back: string
}

export const NoticePage = ({ context, notice, detail, market, back }: NoticeProps) => {
  const { t, visitor } = context
  const launch = notice === 'not-yours' ? againHref(back) : (visitor?.returnUrl ?? market)
  const isStaffs = isOfStaff(context)
  return (
    <Page context={context} title={t(`notice.${notice}`)} {...(isStaffs ? { room: 'staff', styles: staffStyles } : {})}>
      <main id="main" class="wrap narrow">
        <section class="card" aria-labelledby="notice">
          <h1 id="notice">{t(`notice.${notice}`)}</h1>
          <p>{t(`notice.${notice}Text`, { name: visitor?.name ?? '' })}</p>
          {detail && (
            <p class="small" lang="en">
              {detail}
            </p>
          )}
          <p class="btns">
            {needsLaunch.has(notice) ? (
              launch && (
                <a class="btn primary" href={launch}>
                  {t('notice.market')}
                  <Icon name="out" />
                </a>
              )
            ) : (
              <a class="btn primary" href={isStaffs ? '/staff' : '/'}>
                {t(isStaffs ? 'notice.staff' : 'exam.all')}
                <Icon name="right" />
              </a>
            )}
          </p>
        </section>
      </main>
    </Page>
  )
}
