import { Icon } from '../../../../platform/page/icon.tsx'
import { LEAST_BODY, type Mailbox, type MailPart, mailField, type ShownMail } from '../../../../task/inbox/present.ts'
import { type Entries, type PresentedTask, type TaskField, valueIn } from '../../../../task/present.ts'
import { inboxScript, inboxStyles } from '../../../assets.ts'
import { Compiled } from '../../../ui/compiled.tsx'
import type { PageContext } from '../../../ui/page-context.ts'
import { FieldProblemNote } from '../field-note.tsx'
import { controlId, controlName, type TaskControl, type TaskProps } from '../task-control.ts'
import type { InboxTexts } from './inbox-texts.ts'

type Inbox = PresentedTask<'inbox'>

const fieldOf = ({ fields }: Inbox, mail: string, part: MailPart): TaskField | undefined =>
  fields.find(({ name }) => name === mailField(mail, part))

/** What is done with a mail so far: its act by name, and whether what has to be written is long enough. */
function standingOf(task: Inbox, mail: ShownMail, entries: Entries) {
  const act = fieldOf(task, mail.id, 'act')
  const picked = entries[mailField(mail.id, 'act')] ?? ''
  const label = act?.as === 'one' ? act.options.find(({ value }) => value === picked)?.label : undefined
  const isWritten = [...(entries[mailField(mail.id, 'body')] ?? '').trim()].length >= LEAST_BODY
  if (label === undefined) return { state: 'todo' as const }
  return { state: isWritten || !['reply', 'report'].includes(picked) ? ('done' as const) : ('writing' as const), label }
}

const doneIn = (task: Inbox, entries: Entries): number =>
  task.materials.mails.filter((mail) => standingOf(task, mail, entries).state === 'done').length

const Standing = ({ context: { t, locale }, task, mail, entries }: ListProps & { readonly mail: ShownMail }) => {
  const { state, label } = standingOf(task, mail, entries)
  return (
    <span class="standing" data-state={state} lang={locale}>
      <Icon name="check" />
      <span>{label === undefined ? t('inbox.todo') : t(`inbox.${state}`, { act: label })}</span>
    </span>
  )
}

interface ListProps {
  readonly context: PageContext
  readonly task: Inbox
  readonly entries: Entries
}

/** All mails; each button saves what is written, and opens its mail. */
const List = ({ open, ...props }: ListProps & { readonly open: string }) => {
  const { context, task, entries } = props
  const { mails } = task.materials
  return (
    <nav class="card flush mails" aria-labelledby="mails">
      <h2 id="mails">
        {context.t('inbox.name')}
        <small>
          <span id="mails-done">{doneIn(task, entries)}</span> {context.t('inbox.of', { total: mails.length })}
        </small>
      </h2>
      <ul lang="ja">
        {mails.map((mail) => (
          <li>
            <button
              name="go"
              value={`view.${mail.id}`}
              data-mail={mail.id}
              aria-current={mail.id === open ? 'true' : undefined}
            >
              <b>{mail.from.name || mail.from.address}</b>
              <time>{mail.at}</time>
              <span class="subject">{mail.subject}</span>
              <Standing {...props} mail={mail} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const Box = ({ box: { name, address } }: { box: Mailbox }) => (
  <>
    {name} <code>{address}</code>
  </>
)

const Received = ({ context: { t, locale }, mail }: { context: PageContext; mail: ShownMail }) => (
  <>
    <header lang="ja">
      <h2 id={`${mail.id}-subject`} tabindex={-1}>
        {mail.subject}
      </h2>
      <dl>
        <dt lang={locale}>{t('inbox.from')}</dt>
        <dd>
          <Box box={mail.from} />
        </dd>
        {mail.cc.length > 0 && (
          <>
            <dt lang={locale}>{t('inbox.cc')}</dt>
            <dd>
              {mail.cc.map((box) => (
                <div>
                  <Box box={box} />
                </div>
              ))}
            </dd>
          </>
        )}
        {mail.attachments.length > 0 && (
          <>
            <dt lang={locale}>{t('inbox.attached')}</dt>
            <dd>
              {mail.attachments.join('、')} <small lang={locale}>{t('inbox.unopened')}</small>
            </dd>
          </>
        )}
      </dl>
    </header>
    <div class="mail-text" lang="ja">
      {mail.text.split(/\n{2,}/).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </div>
  </>
)

interface FieldProps {
  readonly props: TaskProps<'inbox'>
  readonly field: TaskField
}

const idOf = ({ item }: TaskProps<'inbox'>, field: TaskField) => controlId(item.ref, item.task.fields.indexOf(field))

/** Boxes to tick: who gets the mail, which files go with it. */
const Chips = ({ props: { item, entries, context }, field, label }: FieldProps & { readonly label: string }) => {
  const picked = valueIn(field, entries).split(' ')
  return (
    <fieldset class="line">
      <legend>
        <span class="unseen" lang={context.locale}>
          {field.label}
        </span>
        <span aria-hidden="true" lang={context.locale}>
          {label}
        </span>
      </legend>
      <div class="chips">
        {(field.as === 'many' ? field.options : []).map((option) => (
          <label class="chip-box">
            <input
              type="checkbox"
              name={controlName(item.ref, field.name)}
              value={option.value}
              checked={picked.includes(option.value)}
              data-was={field.initial}
            />
            <Icon name="check" />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const Written = ({ props, field, label }: FieldProps & { readonly label: string }) => {
  const { context, item, entries, problems } = props
  const id = idOf(props, field)
  const value = valueIn(field, entries)
  const own = {
    class: 'in working',
    id,
    name: controlName(item.ref, field.name),
    maxlength: field.max,
    'data-was': value === field.initial ? undefined : field.initial,
    'aria-label': field.label,
    'aria-describedby': problems[field.name] ? `${id}-problem` : undefined,
    'aria-invalid': problems[field.name] ? ('true' as const) : undefined,
  }
  return (
    <div class="line">
      <label for={id} lang={context.locale}>
        {label}
      </label>
      <div>
        {field.as === 'lines' ? (
          <>
            <textarea {...own} rows={8}>
              {`\n${value}`}
            </textarea>
            <p class="length" lang={context.locale}>
              <span data-length="">{[...value.trim()].length}</span>{' '}
              {context.t('inbox.length', { least: LEAST_BODY, most: field.max })}
            </p>
          </>
        ) : (
          <input {...own} value={value} autocomplete="off" />
        )}
        <FieldProblemNote context={context} id={id} field={field} problem={problems[field.name]} />
      </div>
    </div>
  )
}

/** One mail: what came in, what is done with it, and what goes out. */
const Mail = ({
  props,
  mail,
  next,
  open,
}: {
  props: TaskProps<'inbox'>
  mail: ShownMail
  next: string
  open: boolean
}) => {
  const { context, item, entries } = props
  const { t } = context
  const of = (part: MailPart) => fieldOf(item.task, mail.id, part)
  const [act, to, cc, subject, files, body] = (['act', 'to', 'cc', 'subject', 'files', 'body'] as const).map(of)
  const picked = act && valueIn(act, entries)
  const number = item.task.materials.mails.indexOf(mail) + 1
  return (
    <article class="card flush mail" id={mail.id} aria-labelledby={`${mail.id}-subject`} hidden={!open}>
      <p class="to-list only-narrow">
        <button name="go" value="view.list" data-mail="">
          <Icon name="left" />
          {t('inbox.name')}
        </button>
        <span>{t('inbox.place', { number, total: item.task.materials.mails.length })}</span>
      </p>
      <Received context={context} mail={mail} />
      <div class="answer" lang="ja">
        {act?.as === 'one' && (
          <fieldset>
            <legend lang={context.locale}>
              <span class="unseen">{act.label}: </span>
              {t('inbox.act')}
            </legend>
            <div class="ways">
              {act.options.map((option) => (
                <label class="way">
                  <input
                    type="radio"
                    name={controlName(item.ref, act.name)}
                    value={option.value}
                    checked={picked === option.value}
                    data-was={act.initial}
                  />
                  {option.label}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <div class="outgoing">
          <div class="if-reply">
            {to && <Chips props={props} field={to} label={t('inbox.to')} />}
            {cc && <Chips props={props} field={cc} label={t('inbox.cc')} />}
            {subject && <Written props={props} field={subject} label={t('inbox.subject')} />}
            {files && <Chips props={props} field={files} label={t('inbox.files')} />}
          </div>
          {body && <Written props={props} field={body} label={t('inbox.body')} />}
        </div>
        <button class="btn outline s" name="go" value={`view.${next}`} data-mail={next}>
          <span class="js-only">{t('inbox.next')}</span>
          <span class="nojs-only">{t('inbox.saveNext')}</span>
          <Icon name="right" />
        </button>
      </div>
    </article>
  )
}

const textOf = ({ materials }: Inbox): string =>
  materials.mails
    .map(({ at, from, cc, subject, attachments, text }) => {
      const box = ({ name, address }: Mailbox) => `${name} <${address}>`.trim()
      return [`${at} ${box(from)}`, ...cc.map((one) => `Cc: ${box(one)}`), subject, ...attachments, '', text].join('\n')
    })
    .join('\n\n----\n\n')

/** An inbox: the list of mails, and one of them open with what is done with it. On a phone either the list or a mail. */
export const inboxWork: TaskControl<'inbox'> = {
  script: inboxScript,
  styles: inboxStyles,
  File: (task) => ({
    extension: 'txt',
    type: 'text/plain',
    text: `\ufeff${textOf(task).replaceAll('\n', '\r\n')}\r\n`,
  }),
  Work(props) {
    const { context, item, entries, view } = props
    const { t } = context
    const { mails } = item.task.materials
    const asked = mails.find(({ id }) => id === view)
    const open = (asked ?? mails[0])?.id ?? ''
    const texts: InboxTexts = {
      todo: t('inbox.todo'),
      writing: t('inbox.writing', { act: '{act}' }),
      done: t('inbox.done', { act: '{act}' }),
    }
    return (
      <div class="inbox" id="inbox" data-view={asked?.id} data-least={LEAST_BODY} data-texts={JSON.stringify(texts)}>
        <List context={context} task={item.task} entries={entries} open={open} />
        <div>
          {mails.map((mail, i) => (
            <Mail props={props} mail={mail} next={mails[i + 1]?.id ?? 'list'} open={mail.id === open} />
          ))}
        </div>
      </div>
    )
  },
  Papers: ({ context: { t }, item: { task } }) => (
    <section>
      <h2>{t('inbox.documents')}</h2>
      <div class="letter papers" lang="ja">
        <Compiled html={task.materials.documentsHtml} />
      </div>
    </section>
  ),
  Summary: ({ context: { t }, item: { task }, entries }) => (
    <p class="small">{t('inbox.summary', { done: doneIn(task, entries), total: task.materials.mails.length })}</p>
  ),
  Tip: ({ context: { t } }) => <p>{t('inbox.tip')}</p>,
}
