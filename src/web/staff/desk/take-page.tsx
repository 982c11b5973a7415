import type { SourceChange } from '../../../item/source/compare-sources.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { ImportedFiles } from '../../../world/world.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { DeskFrame } from './desk-frame.tsx'
import { SourceDifference } from './source-difference.tsx'

interface TakeProps {
  readonly context: PageContext
  readonly exam: { readonly id: string; readonly title: string; readonly locales: readonly ('ja' | 'en')[] }
  readonly topics: readonly { readonly topic: string; readonly title: string }[]
  readonly hasCompiler: boolean
  readonly problem?: string | undefined
  /** What would be written, before anything is. */
  readonly plan?:
    | {
        readonly report?: ImportedFiles | undefined
        readonly changes: readonly SourceChange[]
        readonly pictures: readonly string[]
        /** JSON of what is written when it is taken. */
        readonly writes: string
      }
    | undefined
}

const NO_KEYS: ReadonlySet<string> = new Set()
const MOST_REPORTED = 300

const Losses = ({ context: { t }, report: { losses, items } }: { context: PageContext; report: ImportedFiles }) => {
  const count = (outcome: string) => items.filter((item) => item.outcome === outcome).length
  const told = items.filter((item) => item.losses.length > 0)
  return (
    <section class="card">
      <h2>{t('desk.importReport')}</h2>
      <p>{t('desk.importCounts', { whole: count('whole'), changed: count('changed'), left: count('left-out') })}</p>
      {losses.length + told.length > 0 && (
        <ul class="log">
          {losses.map((text) => (
            <li>{text}</li>
          ))}
          {told.slice(0, MOST_REPORTED).map(({ id, source, losses: texts }) => (
            <li>
              <b>{id ?? source}</b>
              {texts.map((text) => (
                <p>{text}</p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Uploads = ({ context: { t }, exam, topics, hasCompiler }: TakeProps) => (
  <>
    <section class="card" aria-labelledby="import">
      <h2 id="import">{t('desk.import')}</h2>
      <p class="quiet">{t(hasCompiler ? 'desk.importLead' : 'desk.noCompiler')}</p>
      {hasCompiler && (
        <Form method="post" action={`/staff/desk/${exam.id}/import`} enctype="multipart/form-data" class="acts">
          <p class="field">
            <label for="file">{t('desk.file')}</label>
            <input
              class="input"
              id="file"
              type="file"
              name="file"
              accept=".csv,.tsv,.gift,.txt,.md,.xml,.zip"
              required
            />
          </p>
          <p class="field">
            <label for="topic">{t('bank.topic')}</label>
            <select class="input" id="topic" name="topic">
              <option value="">{t('desk.asWritten')}</option>
              {topics.map(({ topic, title }) => (
                <option value={topic}>{title}</option>
              ))}
            </select>
          </p>
          <p class="field">
            <label for="locale">{t('desk.language')}</label>
            <select class="input" id="locale" name="locale">
              {exam.locales.map((locale) => (
                <option value={locale}>{t(`desk.${locale}`)}</option>
              ))}
            </select>
          </p>
          <button class="btn outline s" name="act" value="import">
            {t('desk.lookFirst')}
          </button>
        </Form>
      )}
    </section>
    <section class="card" aria-labelledby="folder">
      <h2 id="folder">{t('desk.folder')}</h2>
      <p class="quiet">{t('desk.folderLead')}</p>
      <Form method="post" action={`/staff/desk/${exam.id}/import`} enctype="multipart/form-data" class="acts">
        <p class="field">
          <label for="files">{t('desk.files')}</label>
          <input class="input" id="files" type="file" name="files" multiple webkitdirectory required />
        </p>
        <button class="btn outline s" name="act" value="folder">
          {t('desk.lookFirst')}
        </button>
      </Form>
    </section>
  </>
)

/** Questions from elsewhere: what they would make of the draft is shown before it is changed. */
export const TakePage = (props: TakeProps) => {
  const { context, exam, plan, problem } = props
  const { t } = context
  return (
    <DeskFrame context={context} title={t('desk.import')} of={exam.title} back={`/staff/desk/${exam.id}`}>
      <div class="stack">
        {problem && (
          <Note tone="bad" icon="alert" role="alert">
            <p>{problem}</p>
          </Note>
        )}
        {plan?.report && <Losses context={context} report={plan.report} />}
        {plan && (
          <section class="card">
            <h2>{t('desk.wouldChange')}</h2>
            {plan.changes.length + plan.pictures.length === 0 ? (
              <p class="quiet">{t('desk.same')}</p>
            ) : (
              <Form method="post" action={`/staff/desk/${exam.id}/import`} enctype="multipart/form-data" class="acts">
                <textarea name="writes" hidden>
                  {plan.writes}
                </textarea>
                <button class="btn primary s" name="act" value="take">
                  {t('desk.take')}
                </button>
                <p class="tiny">{t('desk.takeText')}</p>
              </Form>
            )}
            {plan.pictures.map((path) => (
              <p>
                <code>{path}</code>
              </p>
            ))}
          </section>
        )}
        {plan && <SourceDifference context={context} changes={plan.changes} keys={NO_KEYS} />}
        <Uploads {...props} />
      </div>
    </DeskFrame>
  )
}
