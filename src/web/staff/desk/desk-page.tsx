import { momentText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import type { ExamFinding } from '../../../world/world.ts'
import {
  deskCheckerScript,
  deskEditorScript,
  deskPasteScript,
  deskStyles,
  deskViewStyles,
  studyStyles,
} from '../../assets.ts'
import { CandidateView } from '../../candidate/runner/candidate-view.tsx'
import { textsOf } from '../../ui/message.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import type { DeskPageProps, Meanwhile, Place } from './desk-props.ts'
import { Figures } from './figures.tsx'
import { FramedView } from './framed-view.tsx'
import { isWhole, type Leaf } from './outline.ts'
import { addressOf, Tree } from './tree.tsx'

/** A finding that stands in the place at hand, by its line there. */
export function lineIn({ path, linesBefore, text }: Place, { where }: ExamFinding): number | undefined {
  const [, file, line] = /^(.*):(\d+):\d+$/.exec(where) ?? []
  const inside = Number(line) - linesBefore
  return file === path && inside >= 1 && inside <= text.split('\n').length ? inside : undefined
}

const Problem = ({ context: { t }, finding, line }: { context: PageContext; finding: ExamFinding; line?: number }) => (
  <li class={`prob ${finding.severity === 'error' ? 'er' : 'wa'}`}>
    <span class="psev">
      <Icon name={finding.severity === 'error' ? 'cross' : 'alert'} small />
      <span class="unseen">{t(finding.severity === 'error' ? 'desk.error' : 'desk.warning')}</span>
    </span>
    <span class="pl">{line === undefined ? '' : t('desk.line', { line })}</span>
    <div>
      <b>{finding.rule === NOT_COMPILED ? t('desk.notCompiled') : finding.message}</b>
      {finding.suggestion && <span>{finding.suggestion}</span>}
      {line === undefined && <span class="sub">{finding.where}</span>}
    </div>
  </li>
)

/** What says that the compiler itself gave up. */
const NOT_COMPILED = 'limits/compile'

/** So many findings of other places are listed; the rest are a number. */
const MOST_ELSEWHERE = 50

const Problems = ({ context, place, findings, hasCompiler }: DeskPageProps) => {
  const { t } = context
  const here = place ? (findings ?? []).flatMap((one) => (lineIn(place, one) === undefined ? [] : [one])) : []
  const others = (findings ?? []).filter((one) => !here.includes(one))
  const errors = (findings ?? []).filter(({ severity }) => severity === 'error').length
  return (
    <div class="probs" id="probs">
      <div id="desk-problems" role="status">
        <div class="probs-h">
          <h2>
            {findings
              ? t('desk.found', { errors, warnings: findings.length - errors })
              : t(hasCompiler ? 'desk.notChecked' : 'desk.noCompilerShort')}
          </h2>
          {errors > 0 && <p class="tiny">{t('desk.errorsStop')}</p>}
        </div>
        {here.length + others.length > 0 && (
          <ol>
            {here.map((one) => (
              <Problem context={context} finding={one} line={place && lineIn(place, one)} />
            ))}
            {others.slice(0, MOST_ELSEWHERE).map((one) => (
              <Problem context={context} finding={one} />
            ))}
          </ol>
        )}
      </div>
    </div>
  )
}

const historyOf = (exam: string, path: string): string => `/staff/desk/${exam}/history?${new URLSearchParams({ path })}`

const SavedState = ({ context: { t, locale }, now, saved, state }: DeskPageProps) => (
  <span id="desk-state" class="save" role="status">
    {state === 'same' && t('desk.same')}
    {state !== 'same' && saved && (
      <>
        <Icon name="check" small tone="ok" />
        {t('desk.savedBy', { time: momentText(locale, saved.savedAt, now), name: saved.byName || t('desk.somebody') })}
      </>
    )}
  </span>
)

/** Somebody else was first: both texts, so that nothing is lost. */
const Conflict = ({ context: { t }, meanwhile }: { context: PageContext; meanwhile: Meanwhile }) => (
  <Note tone="bad" icon="alert" role="alert" title={t('desk.meanwhile', { name: meanwhile.by || t('desk.somebody') })}>
    <p>{t('desk.meanwhileText')}</p>
    <details open>
      <summary>{t('desk.theirs')}</summary>
      <pre class="theirs" tabindex={0}>
        {meanwhile.text}
      </pre>
    </details>
  </Note>
)

const Editor = ({ context, exam, place, meanwhile, hasCompiler, state }: DeskPageProps) => {
  const { t } = context
  if (!place)
    return (
      <div id="desk-editor" class="empty">
        <p>{t('desk.choose')}</p>
      </div>
    )
  return (
    <Form
      method="post"
      action={`/staff/desk/${exam.id}`}
      class="edform"
      id="desk-editor"
      data-path={place.path}
      data-item={place.item}
    >
      <input type="hidden" name="path" value={place.path} />
      {place.item !== undefined && <input type="hidden" name="item" value={place.item} />}
      <input type="hidden" name="was" value={place.was} />
      {meanwhile && <Conflict context={context} meanwhile={meanwhile} />}
      {(state === 'refused' || state === 'full' || state === 'taken') && (
        <Note tone="bad" icon="alert" role="alert">
          <p>{t(`desk.${state}`)}</p>
        </Note>
      )}
      <textarea
        class="edtext"
        name="text"
        aria-label={t('desk.markdown', { title: place.title })}
        lang={place.locale}
        spellcheck={false}
        autocapitalize="off"
      >
        {`\n${place.text}`}
      </textarea>
      <p class="btns edbtns">
        <button class="btn outline s" name="act" value="save">
          {t('desk.save')}
        </button>
        {hasCompiler && (
          <button class="btn ghost s" name="act" value="check">
            {t('desk.check')}
          </button>
        )}
      </p>
    </Form>
  )
}

const otherLocale = (place: Place): Leaf => ({
  ...place,
  path: place.path.replace(/\.(ja|en)\.md$/, place.locale === 'ja' ? '.en.md' : '.ja.md'),
})

/** What candidates see, as the last check made it. A script makes it anew with every letter. */
const View = ({ context, place, shown, view, hasCompiler }: DeskPageProps) => {
  const { t } = context
  if (shown)
    return (
      <div class="phone">
        <div class="phone-in" tabindex={0} role="region" aria-label={t('desk.candidate')}>
          <CandidateView {...shown} t={textsOf(shown.locale)} />
        </div>
      </div>
    )
  if (place && view !== undefined) return <FramedView context={context} path={place.path} html={view} />
  if (!place || (place.item === undefined && !isWhole(place.path))) return null
  return <p class="quiet pad">{t(hasCompiler ? 'desk.viewByCheck' : 'desk.noCompilerShort')}</p>
}

/** The desk: what there is, what is written, what is wrong with it, and what candidates will see. */
export const DeskPage = (props: DeskPageProps) => {
  const { context, exam, base, draft, place, changes, findings, hasSource, hasCompiler, state } = props
  const { t } = context
  const errors = findings?.some(({ severity }) => severity === 'error') ?? false
  const title = place?.title ?? exam.title
  const reason = !hasCompiler
    ? 'desk.noCompilerShort'
    : errors
      ? 'desk.errorsStop'
      : changes === 0
        ? 'desk.nothingToHandIn'
        : undefined
  return (
    <Page
      styles={deskStyles}
      head={place && <script type="module" src={deskEditorScript.href} />}
      context={context}
      title={title}
      tab="/staff/desk"
      room="staff"
      fills
    >
      <main id="main" class="desk">
        <div class="deskbar">
          <h1>{title}</h1>
          {place && (
            <Chip tone="hollow" icon="pen">
              {t('desk.draft')}
            </Chip>
          )}
          <SavedState {...props} />
          <nav class="panes" aria-label={t('desk.panes')}>
            <a href="#edit">{t('desk.paneEdit')}</a>
            <a href="#view">{t('desk.paneView')}</a>
            <a href="#probs">
              {t('desk.paneProblems')}
              <b data-count="problems">{findings && findings.length > 0 ? findings.length : ''}</b>
            </a>
            <a href="#tree">{t('desk.paneTree')}</a>
          </nav>
          <div class="btns">
            <a class="btn xs ghost" href="/docs/author">
              <Icon name="book" small />
              {t('desk.guide')}
            </a>
            {place && (
              <a id="desk-history" class="btn xs ghost" href={historyOf(exam.id, place.path)} data-shows-saved>
                <Icon name="clock" small />
                {t('desk.history')}
              </a>
            )}
            <a class="btn xs ghost" href={`/staff/desk/${exam.id}/hand-in`} data-shows-saved>
              {t('desk.changes')}
              <b id="desk-changes" class="cnt">
                {changes}
              </b>
            </a>
            <a
              id="desk-hand-in"
              class="btn xs primary"
              href={`/staff/desk/${exam.id}/hand-in`}
              aria-disabled={reason && 'true'}
              aria-describedby={reason && 'stop'}
              data-changes={String(changes)}
              data-shows-saved
            >
              {t('desk.handIn')}
            </a>
            {reason && (
              <p id="stop" class="tiny stop">
                {t(reason)}
              </p>
            )}
          </div>
        </div>
        <div
          id="desk"
          class="desk3"
          data-exam={exam.id}
          data-base={base}
          data-draft={draft}
          data-language={context.locale}
          data-path={place?.path}
          data-item={place?.item}
          data-person={context.visitor?.worker}
          data-checker={deskCheckerScript.href}
          data-paste={deskPasteScript.href}
          data-view-styles={deskViewStyles.href}
          data-sheet-styles={studyStyles.href}
        >
          <Tree {...props} />
          <section class="edcol" id="edit" aria-label={t('desk.paneEdit')}>
            {place && exam.locales.length > 1 && (
              <div class="edtools" id="desk-tools">
                <span class="edgroup langs">
                  {(['ja', 'en'] as const).map((locale) => (
                    <a
                      href={addressOf(exam.id, locale === place.locale ? place : otherLocale(place))}
                      aria-current={locale === place.locale ? 'true' : undefined}
                    >
                      {t(`desk.${locale}`)}
                    </a>
                  ))}
                </span>
              </div>
            )}
            {!hasSource && (
              <Note tone="wait" icon="alert">
                <p>{t('desk.noSource')}</p>
              </Note>
            )}
            {state === 'gone' && place && (
              <Note tone="wait" icon="alert" role="status">
                <p>
                  {t('desk.gone')} <a href={historyOf(exam.id, place.path)}>{t('desk.history')}</a>
                </p>
              </Note>
            )}
            <Editor {...props} />
            <Problems {...props} />
          </section>
          <section class="viewcol" id="view" aria-label={t('desk.paneView')}>
            <div id="desk-view" class="deskview">
              <View {...props} />
            </div>
            <div id="desk-figures">
              <Figures {...props} />
            </div>
          </section>
        </div>
      </main>
    </Page>
  )
}
