import { itemTypes } from '../../../item/definition-of.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { DeskFrame } from './desk-frame.tsx'

interface NewItemProps {
  readonly context: PageContext
  readonly exam: { readonly id: string; readonly title: string }
  readonly path: string
  /** Files of questions, with the titles of their topics. */
  readonly files: readonly { readonly path: string; readonly title: string }[]
  /** Practical tasks, to be written over. */
  readonly tasks: readonly { readonly path: string; readonly title: string }[]
  readonly hasCompiler: boolean
  /** What was asked for and is not free. */
  readonly taken?: string | undefined
}

const Tasks = ({ context: { t }, exam, tasks, taken }: NewItemProps) => (
  <section class="card" aria-labelledby="tasks">
    <h2 id="tasks">{t('desk.newTask')}</h2>
    <p class="quiet">{t('desk.newTaskText')}</p>
    {taken !== undefined && (
      <p class="wrong" role="alert">
        {t('desk.nameTaken', { name: taken })}
      </p>
    )}
    <Form class="acts" method="post" action={`/staff/desk/${exam.id}/new`}>
      <p class="field">
        <label for="like">{t('desk.taskLike')}</label>
        <select class="input" id="like" name="like">
          {tasks.map(({ path, title }) => (
            <option value={path}>{title}</option>
          ))}
        </select>
      </p>
      <p class="field">
        <label for="name">{t('desk.taskName')}</label>
        <input
          class="input"
          id="name"
          name="name"
          required
          pattern="[a-z][a-z0-9\-]*"
          maxlength={60}
          placeholder="shop-news"
          title={t('desk.taskName')}
          autocapitalize="off"
          spellcheck={false}
          value={taken}
        />
      </p>
      <button class="btn outline s">{t('desk.copyTask')}</button>
    </Form>
  </section>
)

/** What kind of question, and where: its form is written for the author to write over. */
export const NewItemPage = (props: NewItemProps) => {
  const { context, exam, path, files, tasks, hasCompiler } = props
  const { t } = context
  return (
    <DeskFrame
      context={context}
      title={t('desk.newItem')}
      of={exam.title}
      back={`/staff/desk/${exam.id}${path === '' ? '' : `?${new URLSearchParams({ path })}`}`}
    >
      <div class="stack">
        {hasCompiler ? (
          <Form class="card acts" method="post" action={`/staff/desk/${exam.id}/new`}>
            <p class="field">
              <label for="path">{t('bank.topic')}</label>
              <select class="input" id="path" name="path">
                {files.map((file) => (
                  <option value={file.path} selected={file.path === path}>
                    {file.title}
                  </option>
                ))}
              </select>
            </p>
            <p class="field">
              <label for="type">{t('bank.type')}</label>
              <select class="input" id="type" name="type">
                {itemTypes.map((type) => (
                  <option value={type}>{t(`item.${type}`)}</option>
                ))}
              </select>
            </p>
            <button class="btn primary s">{t('desk.begin')}</button>
            <p class="tiny">{t('desk.beginText')}</p>
          </Form>
        ) : (
          <Note tone="wait" icon="info">
            <p>{t('desk.noCompiler')}</p>
          </Note>
        )}
        {tasks.length > 0 && <Tasks {...props} />}
      </div>
    </DeskFrame>
  )
}
