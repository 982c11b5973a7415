import { type ConcernKind, concernKinds } from '../../integrity/concern.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import { Note } from '../../platform/page/state.tsx'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'

/** What became of a concern: taken, or why not, with what was entered. */
export type ConcernOutcome =
  | { readonly is: 'sent' | 'full' }
  | { readonly is: 'wrong' | 'busy'; readonly kind: ConcernKind | undefined; readonly note: string }

interface ConcernProps {
  readonly context: PageContext
  readonly id: string
  readonly name: string
  readonly outcome?: ConcernOutcome | undefined
}

const ConcernForm = ({ context: { locale, t }, id, outcome }: Omit<ConcernProps, 'name'>) => {
  const wrong = outcome && 'note' in outcome ? outcome : undefined
  return (
    <Form method="post" action={`/credentials/${id}/concern?lang=${locale}`} class="stack s">
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
export const ConcernPage = ({ context, id, name, outcome }: ConcernProps) => {
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
            <a class="btn ghost s" href={`/credentials/${id}?lang=${context.locale}`}>
              <Icon name="left" small />
              {t('concern.back')}
            </a>
          </p>
        </article>
      </main>
    </Page>
  )
}
