import { type ConcernKind, concernKinds } from '../../integrity/concern.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../ui/icon.tsx'
import { Note, Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { concernTextsOf } from './texts/concern-texts.ts'

/** What became of a concern: taken, or why not, with what was entered. */
export type ConcernOutcome = { readonly is: 'sent' | 'full' } | { readonly is: 'wrong' | 'busy'; readonly kind: ConcernKind | undefined; readonly note: string }

interface ConcernProps {
  readonly context: PageContext
  readonly id: string
  readonly name: string
  readonly outcome?: ConcernOutcome | undefined
}

const ConcernForm = ({ context: { locale, t }, id, outcome }: Omit<ConcernProps, 'name'>) => {
  const texts = concernTextsOf(locale)
  const wrong = outcome && 'note' in outcome ? outcome : undefined
  return (
    <Form method="post" action={`/credentials/${id}/concern?lang=${locale}`} class="stack s">
      {wrong && (
        <p class="wrong" role="alert" id="problem">
          <Icon name="alert" />
          {texts[wrong.is]}
        </p>
      )}
      <fieldset class="field" aria-describedby={wrong ? 'problem' : undefined}>
        <legend>{texts.kind}</legend>
        {concernKinds.map((kind) => (
          <p>
            <input type="radio" id={kind} name="kind" value={kind} required checked={wrong?.kind === kind} /> <label for={kind}>{t(`concerns.kind.${kind}`)}</label>
          </p>
        ))}
      </fieldset>
      <p class="field wide">
        <label for="note">{texts.note}</label>
        <textarea class="in" id="note" name="note" rows={5} maxlength={1_000} aria-describedby="hint">
          {wrong?.note ?? ''}
        </textarea>
        <small id="hint">{texts.noteHint}</small>
      </p>
      <p class="tiny">{texts.privacy}</p>
      <p class="btns">
        <button class="btn primary">
          <Icon name="send" small />
          {texts.send}
        </button>
      </p>
    </Form>
  )
}

/** Takes what anybody finds odd about a certificate. */
export const ConcernPage = ({ context, id, name, outcome }: ConcernProps) => {
  const texts = concernTextsOf(context.locale)
  return (
    <Page context={context} title={`${texts.title}: ${name}`} head={<meta name="robots" content="noindex" />}>
      <main id="main" class="wrap tight narrow">
        <article class="card stack" aria-labelledby="concern">
          <div>
            <h1 id="concern">{texts.title}</h1>
            <p class="quiet">{name}</p>
            <p class="small mono">{id}</p>
          </div>
          {outcome?.is === 'sent' || outcome?.is === 'full' ? (
            <Note tone={outcome.is === 'sent' ? 'ok' : undefined} icon={outcome.is === 'sent' ? 'check' : 'info'}>
              <p role="status">{texts[outcome.is]}</p>
            </Note>
          ) : (
            <>
              <p>{texts.lead}</p>
              <ConcernForm context={context} id={id} outcome={outcome} />
            </>
          )}
          <p class="btns">
            <a class="btn ghost s" href={`/credentials/${id}?lang=${context.locale}`}>
              <Icon name="left" small />
              {texts.back}
            </a>
          </p>
        </article>
      </main>
    </Page>
  )
}
