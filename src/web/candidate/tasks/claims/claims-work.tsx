import { Icon } from '../../../../platform/page/icon.tsx'
import {
  type ClaimPart,
  claimField,
  MESSAGE_FIELD,
  type ShownPiece,
  type ShownSource,
} from '../../../../task/claims/present.ts'
import { type PresentedTask, type TaskField, valueIn } from '../../../../task/present.ts'
import { claimsStyles } from '../../../assets.ts'
import { Compiled } from '../../../ui/compiled.tsx'
import type { PageContext } from '../../../ui/page-context.ts'
import { FieldProblemNote } from '../field-note.tsx'
import { controlId, controlName, type TaskControl, type TaskProps } from '../task-control.ts'

type Claims = PresentedTask<'claims'>
type Claim = ShownPiece & { readonly claim: string }

const claimsIn = ({ materials }: Claims): Claim[] =>
  materials.article.flat().filter((piece): piece is Claim => piece.claim !== undefined)

const placeOf = (claim: string): string => `claim-${claim}`

/** The text, in which each number leads to where it is judged. */
const Article = ({ context: { t }, item: { task } }: TaskProps<'claims'>) => (
  <section class="card flush article" aria-labelledby="article">
    <h2 id="article">{t('claims.article')}</h2>
    <div class="working" lang="ja">
      {task.materials.article.map((paragraph) => (
        <p>
          {paragraph.map(({ text, claim }) =>
            claim === undefined ? (
              text
            ) : (
              <a href={`#${placeOf(claim)}`}>
                <u>{text}</u>
                {/* the number stays with its words */}
                {'\u2060'}
                <sup>{claim}</sup>
              </a>
            ),
          )}
        </p>
      ))}
    </div>
  </section>
)

/** What the text is checked against; on a phone a sheet that a button opens. */
const Sources = ({ context: { t }, sources }: { context: PageContext; sources: readonly ShownSource[] }) => (
  <section class="card flush sources" id="sources" popover="auto" aria-labelledby="sources-name">
    <div class="brief-head">
      <h2 id="sources-name">{t('claims.sources')}</h2>
      <button type="button" class="btn ghost xs only-narrow" popovertarget="sources" popovertargetaction="hide">
        {t('practical.close')}
      </button>
    </div>
    {sources.map(({ label, title, html }) => (
      <details open lang="ja">
        <summary>
          <b>{label}</b> {title}
        </summary>
        <div class="source">
          <Compiled html={html} />
        </div>
      </details>
    ))}
  </section>
)

interface PartProps {
  readonly props: TaskProps<'claims'>
  readonly claim: string
  readonly part: ClaimPart
}

/** A field of a claim, with what its controls are called and what stands in it. */
function partOf({ props: { context, item, entries, problems }, claim, part }: PartProps) {
  const index = item.task.fields.findIndex(({ name }) => name === claimField(claim, part))
  const field = item.task.fields[index] as TaskField
  return {
    field,
    id: controlId(item.ref, index),
    name: controlName(item.ref, field.name),
    value: valueIn(field, entries),
    problem: problems[field.name],
    // fields are called by their number and what they hold
    label: field.label.slice(claim.length + 1),
    context,
  }
}

const Options = (part: PartProps & { readonly shape: 'ways' | 'chips' }) => {
  const { field, name, value } = partOf(part)
  return (
    <div class={part.shape}>
      {(field.as === 'one' ? field.options : []).map((option) => (
        <label class={part.shape === 'ways' ? 'way' : 'chip-box'}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            data-was={field.initial}
          />
          {part.shape === 'chips' && <Icon name="check" />}
          {option.label}
        </label>
      ))}
    </div>
  )
}

const Name = ({ claim, label }: { claim: string; label: string }) => (
  <>
    <span class="unseen">{claim} </span>
    {label}
  </>
)

/** A line or lines that go with a verdict. */
const Written = (part: PartProps & { readonly with: string }) => {
  const { field, id, name, value, problem, label, context } = partOf(part)
  const own = {
    class: 'in working',
    id,
    name,
    lang: 'ja',
    maxlength: field.max,
    'data-was': value === field.initial ? undefined : field.initial,
    'aria-describedby': problem ? `${id}-problem` : undefined,
    'aria-invalid': problem ? ('true' as const) : undefined,
  }
  return (
    <div class={`follows ${part.with}`}>
      <label for={id}>
        <Name claim={part.claim} label={label} />
      </label>
      {field.as === 'lines' ? (
        <textarea {...own} rows={3}>
          {`\n${value}`}
        </textarea>
      ) : (
        <input {...own} value={value} autocomplete="off" />
      )}
      <FieldProblemNote context={context} id={id} field={field} problem={problem} />
    </div>
  )
}

/** Reasons are many and long: they are picked from a list that drops down. */
const Reason = (part: PartProps) => {
  const { field, id, name, value, label, context } = partOf(part)
  return (
    <div class="follows if-doubted">
      <label for={id}>
        <Name claim={part.claim} label={label} />
      </label>
      <select class="in" id={id} name={name} lang="ja" data-was={field.initial}>
        <option value="">{context.t('claims.pick')}</option>
        {(field.as === 'one' ? field.options : []).map((option) => (
          <option value={option.value} selected={value === option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** One number of the text: the verdict, and what goes with the one that was given. */
const ClaimCard = ({ props, claim: { claim, text } }: { props: TaskProps<'claims'>; claim: Claim }) => {
  const { context, item } = props
  const isRedline = item.task.form === 'redline'
  const verdict = partOf({ props, claim, part: 'verdict' })
  return (
    <li class="card claim" id={placeOf(claim)}>
      <fieldset class="verdict">
        <legend>
          <span class="n" aria-hidden="true">
            {claim}
          </span>
          <span class="unseen">{verdict.field.label}</span>
          <q lang="ja">{text}</q>
        </legend>
        <Options props={props} claim={claim} part="verdict" shape="ways" />
      </fieldset>
      {isRedline ? (
        <>
          <Reason props={props} claim={claim} part="reason" />
          <Written props={props} claim={claim} part="replacement" with="if-fixed" />
        </>
      ) : (
        <>
          <Written props={props} claim={claim} part="correction" with="if-wrong" />
          <fieldset class="follows if-sourced">
            <legend>
              <Name claim={claim} label={partOf({ props, claim, part: 'source' }).label} />
            </legend>
            <Options props={props} claim={claim} part="source" shape="chips" />
          </fieldset>
        </>
      )}
      <button class="undo again" name="go" value={`undo.${verdict.field.name}`}>
        <Name claim={claim} label={context.t('claims.again')} />
      </button>
    </li>
  )
}

const Message = ({ props, least, most }: { props: TaskProps<'claims'>; least: number; most: number }) => {
  const { context, item, entries, problems } = props
  const index = item.task.fields.findIndex(({ name }) => name === MESSAGE_FIELD)
  const field = item.task.fields[index] as TaskField
  const id = controlId(item.ref, index)
  const value = valueIn(field, entries)
  return (
    <div class="card message">
      <h2>
        <label for={id}>{field.label}</label>
      </h2>
      <textarea
        class="in working"
        id={id}
        name={controlName(item.ref, field.name)}
        lang="ja"
        rows={6}
        maxlength={field.max}
        data-was={value === field.initial ? undefined : field.initial}
        aria-describedby={`${id}-length`}
        aria-invalid={problems[field.name] ? 'true' : undefined}
      >
        {`\n${value}`}
      </textarea>
      <p class="length" id={`${id}-length`}>
        <output aria-live="off">{[...value.replace(/\s/gu, '')].length}</output>
        {context.t('claims.length', { least, most })}
      </p>
      <FieldProblemNote context={context} id={id} field={field} problem={problems[field.name]} />
    </div>
  )
}

/** Claims to check: the text and its sources, beside what is to be said of each number. */
export const claimsWork: TaskControl<'claims'> = {
  styles: claimsStyles,
  Work(props) {
    const { task } = props.item
    const { sources, message } = task.materials
    return (
      <div class="checking">
        <div class="materials">
          <Article {...props} />
          {sources.length > 0 && <Sources context={props.context} sources={sources} />}
        </div>
        <div class="claims">
          <ol>
            {claimsIn(task).map((claim) => (
              <ClaimCard props={props} claim={claim} />
            ))}
          </ol>
          {message && <Message props={props} {...message} />}
        </div>
      </div>
    )
  },
  Sheet: ({ context: { t }, item: { task } }) =>
    task.materials.sources.length > 0 && (
      <button type="button" class="btn ghost only-narrow" popovertarget="sources">
        <Icon name="copy" />
        {t('claims.sources')}
      </button>
    ),
  Summary: ({ context: { t }, item: { task }, entries }) => {
    const claims = claimsIn(task)
    const judged = claims.filter(({ claim }) => entries[claimField(claim, 'verdict')] !== undefined).length
    return <p class="small">{t('claims.judged', { judged, total: claims.length })}</p>
  },
  Tip: ({ context: { t } }) => <p>{t('claims.tip')}</p>,
}
