import type { Context } from 'hono'
import type { Session } from '../../marketplace/session-token.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Note } from '../../platform/page/state.tsx'
import { againHref } from '../ui/notice-page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { noSessionResponse, noticeResponse } from '../ui/page-response.tsx'
import { pageContext } from '../ui/request-context.ts'
import type { WebEnv } from '../web-env.ts'

type Handler = (c: Context<WebEnv>, context: PageContext, session: Session) => Response | Promise<Response>

/** Opens a page to these roles: others are told so, and those without a session how to get one. */
const forRoles = (roles: readonly Session['role'][]) => (handle: Handler) => (c: Context<WebEnv>) => {
  const context = pageContext(c, { variants: false })
  const session = c.get('session')
  if (!session) return noSessionResponse(c, context)
  return roles.includes(session.role) ? handle(c, context, session) : noticeResponse(c, context, 'forbidden')
}

export const forOperators = forRoles(['operator'])
/** Pages that hold keys, and the decisions about what is published. */
export const forAuthors = forRoles(['author', 'operator'])

/** Says, before a form is filled in, that its act needs another launch first, and leads there and back. */
export const LaunchNote = ({ context }: { context: PageContext }) =>
  context.needsLaunch ? (
    <Note tone="wait" icon="clock" title={context.t('notice.launch-too-old')}>
      <p>{context.t('notice.launch-too-oldText')}</p>
      <p class="btns">
        <a class="btn outline s" href={againHref(context.path)}>
          {context.t('notice.market')}
          <Icon name="out" small />
        </a>
      </p>
    </Note>
  ) : null
