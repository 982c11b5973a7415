import { Hono } from 'hono'
import * as z from 'zod'
import { raiseConcern } from '../../flows/raise-concern.ts'
import { type ConcernKind, concernKinds } from '../../integrity/concern.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import { Note } from '../../platform/page/state.tsx'
import { allowancePerCaller } from '../rate-limit.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { htmlResponse, publicPageContext, shownCredential, viewOf } from './public-page.ts'
import type { PublicContext, PublicEnv } from './public-response.ts'
import { ErasedPage, MissingPage } from './verification-page.tsx'

/** What became of a concern: taken, or why not, with what was entered. */
type ConcernOutcome =
  | { readonly is: 'sent' | 'full' }
  | { readonly is: 'wrong' | 'busy'; readonly kind: ConcernKind | undefined; readonly note: string }

interface ConcernProps {
  readonly context: PageContext
  readonly id: string
  readonly name: string
  readonly outcome?: ConcernOutcome | undefined
}

const ConcernForm = ({ context: { tag, t }, id, outcome }: Omit<ConcernProps, 'name'>) => {
  const wrong = outcome && 'note' in outcome ? outcome : undefined
  return (
    <Form method="post" action={`/credentials/${id}/concern?lang=${tag}`} class="stack s">
      {wrong && (
        <p class="wrong" role="alert" id="problem">
          <Icon name="alert" />
          {t(`concern.${wrong.is}`)}
        </p>
      )}
      <fieldset class="field" aria-describedby={wrong ? 'problem' : undefined}>
        <legend>{t('concern.kind')}</legend>
        {concernKinds.map((kind) => (
          <p>
            <input type="radio" id={kind} name="kind" value={kind} required checked={wrong?.kind === kind} />{' '}
            <label for={kind}>{t(`concerns.kind.${kind}`)}</label>
          </p>
        ))}
      </fieldset>
      <p class="field wide">
        <label for="note">{t('concern.note')}</label>
        <textarea class="input" id="note" name="note" rows={5} maxlength={1_000} aria-describedby="hint">
          {wrong?.note ?? ''}
        </textarea>
        <small id="hint">{t('concern.noteHint')}</small>
      </p>
      <p class="tiny">{t('concern.privacy')}</p>
      <p class="btns">
        <button class="btn primary">
          <Icon name="send" small />
          {t('concern.send')}
        </button>
      </p>
    </Form>
  )
}

/** Takes what anybody finds odd about a certificate. */
const ConcernPage = ({ context, id, name, outcome }: ConcernProps) => {
  const { t } = context
  return (
    <Page context={context} title={`${t('concern.title')}: ${name}`} head={<meta name="robots" content="noindex" />}>
      <main id="main" class="wrap tight narrow">
        <article class="card stack" aria-labelledby="concern">
          <div>
            <h1 id="concern">{t('concern.title')}</h1>
            <p class="quiet">{name}</p>
            <p class="small mono">{id}</p>
          </div>
          {outcome?.is === 'sent' || outcome?.is === 'full' ? (
            <Note tone={outcome.is === 'sent' ? 'ok' : undefined} icon={outcome.is === 'sent' ? 'check' : 'info'}>
              <p role="status">{t(`concern.${outcome.is}`)}</p>
            </Note>
          ) : (
            <>
              <p>{t('concern.lead')}</p>
              <ConcernForm context={context} id={id} outcome={outcome} />
            </>
          )}
          <p class="btns">
            <a class="btn ghost s" href={`/credentials/${id}?lang=${context.tag}`}>
              <Icon name="left" small />
              {t('concern.back')}
            </a>
          </p>
        </article>
      </main>
    </Page>
  )
}

const PER_MINUTE = 6

const PATH = '/credentials/:id{crd_[A-Za-z0-9_-]+}/concern'

const concernForm = z.object({ kind: z.enum(concernKinds), note: z.string().trim().max(1_000) })

const statusOf = { sent: 200, full: 409, wrong: 422, busy: 429 } as const

async function show(c: PublicContext, id: string, outcome?: ConcernOutcome): Promise<Response> {
  const context = publicPageContext(c)
  const record = await shownCredential(c, id)
  if (record === 'not-found') return htmlResponse(c, <MissingPage context={context} />, 404)
  if (record === 'gone') return htmlResponse(c, <ErasedPage id={id} context={context} />, 410)
  const { name } = await viewOf(c, record)
  return htmlResponse(
    c,
    <ConcernPage context={context} id={record.id} name={name} outcome={outcome} />,
    outcome ? statusOf[outcome.is] : 200,
  )
}

/** Where anybody who was shown a certificate can say that something is odd about it. */
export function concernRoutes(): Hono<PublicEnv> {
  const take = allowancePerCaller({ name: 'concerns', perMinute: PER_MINUTE })
  return new Hono<PublicEnv>()
    .get(PATH, (c) => show(c, c.req.param('id'), c.req.query('sent') === undefined ? undefined : { is: 'sent' }))
    .post(PATH, async (c) => {
      const id = c.req.param('id')
      const entered = z
        .object({ kind: z.enum(concernKinds).optional().catch(undefined), note: z.string().catch('') })
        .parse(await c.req.parseBody())
      const form = concernForm.safeParse(entered)
      if (!form.success) return show(c, id, { is: 'wrong', kind: entered.kind, note: entered.note })
      const { headers, refused } = await take(c as never, 1)
      if (refused) {
        const page = await show(c, id, { is: 'busy', ...form.data })
        for (const [header, value] of Object.entries({
          ...headers,
          'retry-after': refused.headers.get('retry-after') ?? '',
        }))
          page.headers.set(header, value)
        return page
      }
      const raised = await raiseConcern(c.var.world, { credential: id, ...form.data })
      if (raised.ok) return c.redirect(`/credentials/${id}/concern?sent&lang=${publicPageContext(c).tag}`, 303)
      return show(c, id, raised.problem.code === 'conflict' ? { is: 'full' } : undefined)
    })
}
