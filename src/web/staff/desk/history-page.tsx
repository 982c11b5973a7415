import type { SourceChange } from '../../../item/source/compare-sources.ts'
import type { DraftEntry } from '../../../item/source/exam-source.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { momentText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { DeskFrame } from './desk-frame.tsx'
import { SourceDifference } from './source-difference.tsx'

interface HistoryProps {
  readonly context: PageContext
  readonly exam: { readonly id: string; readonly title: string }
  readonly path: string
  /** Newest first. */
  readonly steps: readonly DraftEntry[]
  /** Hash of what the file is now. */
  readonly hash: string
  /** The step that is compared with what is now, 0 for what is published. */
  readonly compared: number
  readonly changes: readonly SourceChange[]
  /** Whether what is published changed under the draft. */
  readonly isMoved: boolean
  /** Why what was asked for was not done. */
  readonly refused?: 'changedAgain' | 'full' | undefined
  readonly now: Instant
}

const NO_KEYS: ReadonlySet<string> = new Set()

/** The kept steps of a file: what each says otherwise than now, and the way back to it. */
export const HistoryPage = (props: HistoryProps) => {
  const { context, exam, path, steps, hash, compared, changes, isMoved, refused, now } = props
  const { t, locale } = context
  const href = (version: number) =>
    `/staff/desk/${exam.id}/history?${new URLSearchParams({ path, version: String(version) })}`
  const hidden = (
    <>
      <input type="hidden" name="path" value={path} />
      <input type="hidden" name="was" value={hash} />
    </>
  )
  const action = `/staff/desk/${exam.id}/history`
  return (
    <DeskFrame
      context={context}
      title={t('desk.history')}
      of={`${exam.title} ${path}`}
      back={`/staff/desk/${exam.id}?${new URLSearchParams({ path })}`}
    >
      <div class="cols handcols">
        <div class="stack">
          {refused && (
            <Note tone="bad" icon="alert" role="alert">
              <p>{t(`desk.${refused}`)}</p>
            </Note>
          )}
          {isMoved && (
            <Note tone="bad" icon="alert" title={t('desk.moved')}>
              <p>{t('desk.movedText')}</p>
              <Form method="post" action={action} class="acts">
                {hidden}
                <button class="btn outline s" name="act" value="keep">
                  {t('desk.keepMine')}
                </button>
              </Form>
            </Note>
          )}
          <section class="card">
            <h2>{compared === 0 ? t('desk.sincePublished') : t('desk.sinceStep', { version: compared })}</h2>
            {changes.length === 0 ? (
              <p class="quiet">{t('desk.same')}</p>
            ) : (
              <Form method="post" action={action} class="acts">
                {hidden}
                <input type="hidden" name="version" value={String(compared)} />
                <button class="btn outline s" name="act" value="bring-back">
                  {compared === 0 ? t('desk.backToPublished') : t('desk.backToStep', { version: compared })}
                </button>
                <p class="tiny">{t('desk.backText')}</p>
              </Form>
            )}
          </section>
          <SourceDifference context={context} changes={changes} keys={NO_KEYS} />
        </div>
        <aside class="stack stick" aria-label={t('desk.steps')}>
          <section class="card">
            <h2>{t('desk.steps')}</h2>
            <ul class="log">
              {steps.map(({ version, byName, savedAt }) => (
                <li>
                  <a href={href(version)} aria-current={version === compared ? 'true' : undefined}>
                    {t('desk.step', { version })}
                  </a>{' '}
                  <span class="sub">{`${momentText(locale, savedAt, now)} ${byName || t('desk.somebody')}`}</span>
                </li>
              ))}
              <li>
                <a href={href(0)} aria-current={compared === 0 ? 'true' : undefined}>
                  {t('desk.published')}
                </a>
              </li>
            </ul>
          </section>
        </aside>
      </div>
    </DeskFrame>
  )
}
