import type { Child } from 'hono/jsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import type { SandboxProblem } from '../../problem.ts'
import { type Fields, fieldName, issueText, type Rejected } from '../form-fields.ts'
import type { Reader } from './layout.tsx'

/** One form of a page, with what was typed into it and what was wrong. */
export interface FormState {
  readonly reader: Reader
  readonly act: string
  /** Its own id on the page, and before those of its fields. */
  readonly id: string
  readonly rejected: Rejected | undefined
  /** What stands in it before anybody types. */
  readonly given: Fields
  /** Tells this showing of the form from others, so that sending it twice acts once. */
  readonly once: string
}

export const typedIn = (form: FormState, name: string): string => form.rejected?.fields[name] ?? form.given[name] ?? ''

/** Whether a box is ticked: a form that was not taken says nothing of those that were not. */
export const isTicked = (form: FormState, name: string): boolean =>
  (form.rejected ? form.rejected.fields : form.given)[name] === '1'

const issueOf = ({ rejected, reader }: FormState, name: string): string | undefined => {
  const issues = rejected?.problem.code === 'malformed' ? rejected.problem.issues : []
  const found = issues.find(({ path }) => path === name)
  return found && issueText(reader.locale, found.message)
}

const idOf = (form: FormState, name: string): string => `${form.id}-${name}`

/** Names the hint and the issue of a field for those who hear it. */
function describedBy(form: FormState, name: string, hint: string | undefined): string | undefined {
  const ids = [hint && `${idOf(form, name)}-hint`, issueOf(form, name) && `${idOf(form, name)}-issue`].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

const Issue = ({ form, name }: { form: FormState; name: string }) => {
  const text = issueOf(form, name)
  return text ? (
    <p class="issue" id={`${idOf(form, name)}-issue`}>
      <Icon name="info" small />
      {text}
    </p>
  ) : null
}

const Hint = ({ form, name, hint }: { form: FormState; name: string; hint: string | undefined }) =>
  hint ? (
    <p class="tiny" id={`${idOf(form, name)}-hint`}>
      {hint}
    </p>
  ) : null

interface FieldView {
  readonly form: FormState
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly optional?: boolean
}

const Label = ({ form, name, label, optional }: FieldView) => (
  <label for={idOf(form, name)}>
    {label}
    {optional && <small>{form.reader.t('form.optional')}</small>}
  </label>
)

const wired = ({ form, name, hint, optional }: FieldView) => ({
  id: idOf(form, name),
  name,
  'aria-describedby': describedBy(form, name, hint),
  'aria-invalid': issueOf(form, name) ? ('true' as const) : undefined,
  'aria-required': optional ? undefined : ('true' as const),
})

export const TextField = (view: FieldView & { readonly type?: 'text' | 'date' | 'count' }) => (
  <div class="field">
    <Label {...view} />
    <Hint {...view} hint={view.hint} />
    <input
      class={`input ${{ text: '', date: 'short', count: 'few' }[view.type ?? 'text']}`}
      type={view.type === 'date' ? 'date' : 'text'}
      inputmode={view.type === 'count' ? 'numeric' : undefined}
      autocomplete="off"
      value={typedIn(view.form, view.name)}
      {...wired(view)}
    />
    <Issue {...view} />
  </div>
)

export const ProseField = (view: FieldView & { readonly rows?: number }) => (
  <div class="field">
    <Label {...view} />
    <Hint {...view} hint={view.hint} />
    <textarea class="input" rows={view.rows ?? 4} {...wired(view)}>
      {typedIn(view.form, view.name)}
    </textarea>
    <Issue {...view} />
  </div>
)

export const YenField = (view: FieldView) => (
  <div class="field">
    <Label {...view} />
    <Hint {...view} hint={view.hint} />
    <span class="with-unit">
      <input
        class="input"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        value={typedIn(view.form, view.name)}
        {...wired(view)}
      />
      <span aria-hidden="true">{view.form.reader.t('form.yen')}</span>
    </span>
    <Issue {...view} />
  </div>
)

export interface Option {
  readonly value: string
  readonly label: string
  readonly about?: string
}

export const SelectField = (view: FieldView & { readonly options: readonly Option[] }) => (
  <div class="field">
    <Label {...view} />
    <Hint {...view} hint={view.hint} />
    <select class="input" {...wired(view)}>
      <option value="">{view.form.reader.t('form.choose')}</option>
      {view.options.map(({ value, label }) => (
        <option value={value} selected={value === typedIn(view.form, view.name)}>
          {label}
        </option>
      ))}
    </select>
    <Issue {...view} />
  </div>
)

/** Radio buttons: one below the other with what each means, or side by side as a scale. */
export const Choice = (view: FieldView & { readonly options: readonly Option[]; readonly scale?: boolean }) => {
  const { form, name, options, scale } = view
  return (
    <fieldset class="field" id={idOf(form, name)} aria-describedby={describedBy(form, name, view.hint)}>
      <legend>
        {view.label}
        {view.optional && <small>{form.reader.t('form.optional')}</small>}
      </legend>
      <Hint {...view} hint={view.hint} />
      <div class={scale ? 'scale' : 'options'}>
        {options.map(({ value, label, about }) => (
          <label class="option">
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === typedIn(form, name)}
              required={!view.optional}
            />
            <span>
              {label}
              {about && <small>{about}</small>}
            </span>
          </label>
        ))}
      </div>
      <Issue {...view} />
    </fieldset>
  )
}

/** Boxes of which any number may be ticked. Each is a field of its own, `name-value`. */
export const Checks = (view: FieldView & { readonly options: readonly Option[] }) => {
  const { form, name, options } = view
  return (
    <fieldset class="field" id={idOf(form, name)} aria-describedby={describedBy(form, name, view.hint)}>
      <legend>
        {view.label}
        {view.optional && <small>{form.reader.t('form.optional')}</small>}
      </legend>
      <Hint {...view} hint={view.hint} />
      <div class="checks">
        {options.map(({ value, label, about }) => (
          <label class="check">
            <input type="checkbox" name={`${name}-${value}`} value="1" checked={isTicked(form, `${name}-${value}`)} />
            <span>
              {label}
              {about && <small>{about}</small>}
            </span>
          </label>
        ))}
      </div>
      <Issue {...view} />
    </fieldset>
  )
}

/** What carries a form and is not typed. */
const unseen = ['act', 'form', 'once', 'milestone']

/** What is wrong, and with which field where it has a name. */
function issueOfField(
  { locale, t }: Reader,
  form: string,
  { path, message }: { readonly path: string; readonly message: string },
): string {
  const issue = issueText(locale, message)
  const field = fieldName(locale, form, path)
  return field === '' ? issue : t('form.named', { field, issue })
}

/** Says on top of a page that a form was not taken and why, leads to the fields concerned, and keeps what was typed even where the form is gone. */
export function Trouble({ reader, rejected }: { reader: Reader; rejected: Rejected | undefined }) {
  if (!rejected) return null
  const { problem, fields } = rejected
  const all = problem.code === 'malformed' ? problem.issues : []
  // of several things wrong with a field the first is said, here as there
  const issues = all.filter(({ path }, at) => all.findIndex((issue) => issue.path === path) === at)
  const typed =
    issues.length > 0 || problem.code === 'text-warned'
      ? []
      : Object.entries(fields).filter(([name, value]) => !unseen.includes(name) && value.trim().length > SHORT)
  const { t } = reader
  return (
    <div class="note bad trouble" role="alert">
      <Icon name="info" />
      <div>
        <p>
          <b>{reader.t('form.summary')}</b>
        </p>
        {issues.length === 0 && <p>{t.find(`market.notice.why.${problem.code}`) ?? t('market.notice.refusedText')}</p>}
        {issues.length > 0 && (
          <ul>
            {issues.map(({ path, message }) => (
              <li>
                <a href={`#${fields.form}-${path}`}>{issueOfField(reader, fields.form ?? '', { path, message })}</a>
              </li>
            ))}
          </ul>
        )}
        {typed.map(([, value]) => (
          <blockquote class="typed">{value}</blockquote>
        ))}
      </div>
    </div>
  )
}

/** Words that are quickly typed again are not repeated. */
const SHORT = 20

/** What was found in a text, for its writer: to be corrected below, or sent as it is. */
const Warned = ({ form, problem }: { form: FormState; problem: Extract<SandboxProblem, { code: 'text-warned' }> }) => {
  const { locale, t } = form.reader
  return (
    <div class="note wait">
      <Icon name="info" />
      <div>
        <p class="nt">{t(problem.repeats ? 'form.warned.repeats' : 'form.warned.title')}</p>
        {problem.found.map((found) => (
          <blockquote class="typed">{found}</blockquote>
        ))}
        <ul class="rules">
          {problem.kinds.map((kind) => (
            <li>
              <b>{kindTexts[kind].title[locale]}</b>
              <br />
              {kindTexts[kind].rule[locale]}
            </li>
          ))}
        </ul>
        <p>{t('form.warned.correct')}</p>
        <label class="check">
          <input type="checkbox" name="sendAnyway" value="1" />
          <span>
            {t('form.warned.anyway')}
            <br />
            <small>{t('form.warned.anywayText', { becomes: problem.becomes })}</small>
          </span>
        </label>
      </div>
    </div>
  )
}

/** A form that posts to its own page; the answer begins at `goesTo`, if such a part is on it. */
export const PageForm = ({
  form,
  children,
  className,
  goesTo,
}: {
  form: FormState
  children: Child
  className?: string
  goesTo?: string
}) => (
  <Form
    method="post"
    action={goesTo ? `${form.reader.here}#${goesTo}` : form.reader.here}
    class={className ?? 'form'}
    id={form.id}
    novalidate
  >
    <input type="hidden" name="act" value={form.act} />
    <input type="hidden" name="form" value={form.id} />
    <input type="hidden" name="once" value={form.once} />
    {form.rejected?.problem.code === 'text-warned' && <Warned form={form} problem={form.rejected.problem} />}
    {children}
  </Form>
)

/** Makes the states of a page's forms; a form that was not taken gets back what was typed. */
export type Forms = (act: string, given?: Fields, id?: string) => FormState

export const formsOf =
  (reader: Reader, { rejected, once }: { readonly rejected: Rejected | undefined; readonly once: string }): Forms =>
  (act, given = {}, id = act) => ({
    reader,
    act,
    id,
    given,
    once,
    rejected: rejected?.fields.form === id ? rejected : undefined,
  })
