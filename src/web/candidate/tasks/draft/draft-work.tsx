import { Icon } from '../../../../platform/page/icon.tsx'
import { type Edit, editsOf, piecesOf, shorten, signsIn, TEXT_FIELD, undo } from '../../../../task/draft/present.ts'
import { type TaskField, valueIn } from '../../../../task/present.ts'
import { draftScript, draftStyles } from '../../../assets.ts'
import type { PageContext } from '../../../ui/page-context.ts'
import { controlId, controlName, type TaskControl, type TaskProps } from '../task-control.ts'
import type { DraftTexts } from './draft-texts.ts'

/** So many changes are listed; whoever made more is writing another text. */
const MOST_LISTED = 100
/** A text so much longer than the manuscript was pasted twice, or is another one. */
const DOUBLED = 1.5

/** The view that shows what was changed within the text. */
const COMPARE = 'compare'

const lengthOf = (text: string): string => signsIn(text).toLocaleString('ja')

const sayEdit = ({ t }: Pick<PageContext, 't'>, { was, now }: Edit): string => {
  if (was === '') return t('draft.added', { now: shorten(now) })
  return now === ''
    ? t('draft.removed', { was: shorten(was) })
    : t('draft.changed', { was: shorten(was), now: shorten(now) })
}

const Change = ({ was, now }: Pick<Edit, 'was' | 'now'>) => (
  <>
    {was && <del>{shorten(was)}</del>}
    {was && now && ' → '}
    {now && <ins>{shorten(now)}</ins>}
  </>
)

/** One change in the margin: where it is, what it is, and the way back. */
const Listed = ({ context, edit, target }: { context: PageContext; edit: Edit; target: string }) => {
  const { t } = context
  const said = sayEdit(context, edit)
  return (
    <li>
      <a href={`#${target}`}>
        <small>{t('draft.paragraph', { number: edit.paragraph })}</small>
        <span class="unseen">{said}</span>
        <span class="what" lang="ja" aria-hidden="true">
          <Change {...edit} />
        </span>
      </a>
      <button class="back" name="go" value={`edit.${edit.from}`} aria-label={t('draft.undo', { change: said })}>
        <Icon name="redo" />
      </button>
    </li>
  )
}

const draftTexts = ({ t }: PageContext): DraftTexts => ({
  length: t('draft.length', { now: '{now}', was: '{was}' }),
  changed: t('draft.changed', { was: '{was}', now: '{now}' }),
  added: t('draft.added', { now: '{now}' }),
  removed: t('draft.removed', { was: '{was}' }),
  undo: t('draft.undo', { change: '{change}' }),
  more: t('draft.more', { count: '{count}' }),
  copied: t('draft.copied'),
  undone: t('draft.undone'),
})

const Margin = ({ context, edits, target }: { context: PageContext; edits: readonly Edit[]; target: string }) => {
  const { t } = context
  return (
    <section class="margin" aria-labelledby="edited">
      <div class="edited">
        <h2 id="edited">
          {t('draft.edits')}
          <b id="edit-count">{edits.length}</b>
        </h2>
        <p class="tiny" id="no-edits" hidden={edits.length > 0}>
          {t('draft.none')}
        </p>
        <ol class="edits" id="edits">
          {edits.slice(0, MOST_LISTED).map((edit) => (
            <Listed context={context} edit={edit} target={target} />
          ))}
        </ol>
        <p class="tiny" id="more-edits" hidden={edits.length <= MOST_LISTED}>
          {t('draft.more', { count: Math.max(0, edits.length - MOST_LISTED) })}
        </p>
        <template id="edit">
          <Listed context={context} edit={{ from: 0, at: 0, was: '', now: '', paragraph: 1 }} target={target} />
        </template>
      </div>
    </section>
  )
}

/** The text with everything that was taken out and put in. */
const Compared = ({ edits, current }: { edits: readonly Edit[]; current: string }) => (
  <>
    {piecesOf(edits, current).map(({ as, text }) =>
      as === 'del' ? <del>{text}</del> : as === 'ins' ? <ins>{text}</ins> : text,
    )}
  </>
)

const textField = ({ item }: TaskProps<'draft'>) =>
  item.task.fields.find(({ name }) => name === TEXT_FIELD) as TaskField

/** A manuscript to put right: one plain field, in its margin what was changed so far, and a view that shows it in the text. */
export const draftWork: TaskControl<'draft'> = {
  script: draftScript,
  styles: draftStyles,
  takeBack: (field, written, from) => {
    const edit = editsOf(field.initial, written).find((one) => one.from === from)
    return edit ? undo(written, edit) : written
  },
  File: ({ fields }, entries) => ({
    extension: 'txt',
    type: 'text/plain',
    text: `\ufeff${fields
      .map((field) => valueIn(field, entries))
      .join('\n')
      .replaceAll('\n', '\r\n')}\r\n`,
  }),
  Work(props) {
    const { context, item, entries, problems, view } = props
    const { t } = context
    const field = textField(props)
    const value = valueIn(field, entries)
    const edits = editsOf(field.initial, value)
    const id = controlId(item.ref, item.task.fields.indexOf(field))
    const problem = problems[field.name]
    const compares = view === COMPARE
    return (
      <div class="card flush desk" id="desk" data-max={field.max} data-texts={JSON.stringify(draftTexts(context))}>
        <div class="manuscript">
          <div class="paper-head">
            <div class="seg" role="group" aria-label={t('draft.view')}>
              <button name="go" value="view.write" id="to-write" aria-pressed={compares ? 'false' : 'true'}>
                {t('draft.write')}
              </button>
              <button name="go" value={`view.${COMPARE}`} id="to-compare" aria-pressed={compares ? 'true' : 'false'}>
                <span class="js-only">{t('draft.compare')}</span>
                <span class="nojs-only">{t('draft.saveCompare')}</span>
              </button>
            </div>
            <span id="length">{t('draft.length', { now: lengthOf(value), was: lengthOf(field.initial) })}</span>
          </div>
          <p class="refused" id="doubled" role="status" hidden={value.length <= field.initial.length * DOUBLED}>
            {t('draft.doubled')}
          </p>
          <p class="refused" id="too-long" role="status" hidden={problem !== 'too-long'}>
            {t('practical.problem.too-long', { max: field.max })}
          </p>
          {problem === 'unreadable' && <p class="refused">{t('practical.problem.unreadable')}</p>}
          <label class="unseen" for={id}>
            {t('draft.label')}
          </label>
          <textarea
            class="working ms"
            id={id}
            name={controlName(item.ref, field.name)}
            lang="ja"
            rows={24}
            spellcheck={false}
            data-was={value === field.initial ? undefined : field.initial}
            aria-invalid={problem ? 'true' : undefined}
            hidden={compares}
          >
            {/* the first line end of a field is not part of it */}
            {`\n${value}`}
          </textarea>
          <div class="working compare" id="compare" lang="ja" hidden={!compares}>
            {compares && <Compared edits={edits} current={value} />}
          </div>
        </div>
        <Margin context={context} edits={edits} target={id} />
      </div>
    )
  },
  Summary: (props) => {
    const field = textField(props)
    const { t } = props.context
    return (
      <p class="small">{t('draft.summary', { count: editsOf(field.initial, valueIn(field, props.entries)).length })}</p>
    )
  },
  Tools: ({ context: { t } }) => (
    <button type="button" class="btn ghost xs js-only" id="copy-text">
      <Icon name="copy" />
      {t('draft.copy')}
    </button>
  ),
  Tip: ({ context: { t } }) => <p>{t('draft.tip')}</p>,
}
