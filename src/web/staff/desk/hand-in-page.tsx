import type { Bank } from '../../../item/bank.ts'
import type { BankComparison } from '../../../item/publishing/compare-banks.ts'
import type { SourceChange } from '../../../item/source/compare-sources.ts'
import type { UsedItemVersion } from '../../../kernel/problem.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { BankTrial, ExamFinding } from '../../../world/world.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { Turn } from '../bank/turn.tsx'
import { DeskFrame } from './desk-frame.tsx'
import { isWhole } from './outline.ts'
import { CHANGES_A_PAGE, keyChanges, SourceDifference } from './source-difference.tsx'
import { addressOf } from './tree.tsx'

export interface HandInProps {
  readonly context: PageContext
  readonly exam: { readonly id: string; readonly title: string }
  /** The version in force; none of an exam that was never published. */
  readonly live?: Bank | undefined
  /** What the draft compiles to; absent while there is any error, or no compiler. */
  readonly bank?: Bank | undefined
  readonly comparison?: BankComparison | undefined
  /** Which files are shown: `hashDesk`. */
  readonly draft: string
  /** Whether any file is another one than the published: also where only line ends differ. */
  readonly isChanged: boolean
  readonly changes: readonly SourceChange[]
  /** Which page of them. */
  readonly page: number
  /** Pictures that came, went or are others. */
  readonly pictures: readonly string[]
  readonly findings?: readonly ExamFinding[] | undefined
  /** Items that hold something else than was published under their number. */
  readonly used: readonly UsedItemVersion[]
  readonly trial?: BankTrial | undefined
  readonly hasCompiler: boolean
  /** Whether it is more than one version may hold. */
  readonly isTooLarge: boolean
  /** Files under which the published version changed. */
  readonly moved: readonly string[]
  readonly note?: string | undefined
  readonly problem?: 'no-note' | 'refused' | 'too-large' | 'draft-changed' | undefined
}

const drawable = (bank: Bank | undefined): number => bank?.items.filter(({ status }) => status === 'live').length ?? 0

/** So many questions are new, or changed: each once, in however many languages. */
const countItems = (changes: readonly SourceChange[], kind: SourceChange['kind']): number =>
  new Set(
    changes.flatMap(({ kind: is, item, path }) => (is === kind && item !== undefined && !isWhole(path) ? [item] : [])),
  ).size

/** What keys and papers become is known of what compiles. */
const Summary = ({ context: { t }, live, bank, comparison, changes }: HandInProps) => (
  <ul class="handsum">
    <li>
      <b>{countItems(changes, 'new')}</b>
      {t('desk.sum.new')}
    </li>
    <li>
      <b>{countItems(changes, 'changed')}</b>
      {t('desk.sum.changed')}
    </li>
    {countItems(changes, 'removed') > 0 && (
      <li>
        <b>{countItems(changes, 'removed')}</b>
        {t('desk.sum.removed')}
      </li>
    )}
    {comparison && (
      <li>
        <b>{keyChanges(comparison).size}</b>
        {t('desk.sum.keys')}
      </li>
    )}
    {bank && (
      <li>
        <b>{t('desk.sum.fromTo', { from: drawable(live), to: drawable(bank) })}</b>
        {t('desk.sum.drawable')}
      </li>
    )}
  </ul>
)

const Tick = ({ icon, tone, children }: { icon: IconName; tone?: 'ok' | 'bad'; children: unknown }) => (
  <li>
    <Icon name={icon} small {...(tone ? { tone } : {})} />
    <span>{children}</span>
  </li>
)

const MOST_FINDINGS = 20

const percent = (share: number): number => Math.round(share * 100)

/** More than this above blind guessing is too much. */
const MOST_ABOVE_CHANCE = 0.1

const Trial = ({ context: { t }, trial }: { context: PageContext; trial: BankTrial }) => {
  const { questions, papers, failed } = trial
  return (
    <>
      <Tick icon={failed === 0 ? 'check' : 'cross'} tone={failed === 0 ? 'ok' : 'bad'}>
        {failed === 0 ? t('desk.checks.papers', { questions, papers }) : t('desk.checks.notDrawn', { papers, failed })}
      </Tick>
      {trial.guessing.map(({ locale: of, best, chance }) => {
        const isHard = best <= chance + MOST_ABOVE_CHANCE
        const shares = { language: t(`desk.${of}`), share: percent(best), chance: percent(chance) }
        return (
          <Tick icon={isHard ? 'check' : 'info'} {...(isHard ? { tone: 'ok' as const } : {})}>
            {t(isHard ? 'desk.checks.guess' : 'desk.checks.guessable', shares)}
          </Tick>
        )
      })}
    </>
  )
}

/** Where a finding is mended. */
const placeOf = (exam: string, where: string, item: string | undefined): string =>
  addressOf(exam, { path: where.replace(/:\d+:\d+$/, ''), item })

/** A number that was used before, as the check says what is to be mended. */
const numberFinding = ({ t }: PageContext, { where = '', ...one }: UsedItemVersion): ExamFinding => ({
  rule: 'item/version',
  severity: 'error',
  where,
  message: t('desk.numberUsed', one),
  item: one.item,
})

const Checks = ({ context, exam, bank, findings = [], used, trial, hasCompiler }: HandInProps) => {
  const { t, locale } = context
  const warnings = findings.filter(({ severity }) => severity !== 'error').length
  const errors = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...used.map((one) => numberFinding(context, one)),
  ]
  const locales = bank?.exam.locales ?? []
  const untranslated = (bank?.items ?? []).filter(
    ({ status, wordings }) => status === 'live' && locales.some((one) => wordings[one] === undefined),
  ).length
  return (
    <section class="card">
      <h2>{t('desk.checks')}</h2>
      {!hasCompiler && <p>{t('desk.noCompiler')}</p>}
      <ul class="ticks">
        {bank && (
          <Tick icon="check" tone="ok">
            {t('desk.checks.sound')}
          </Tick>
        )}
        {trial && <Trial context={context} trial={trial} />}
        {errors.length > 0 && (
          <Tick icon="cross" tone="bad">
            {t('desk.checks.errors', { count: errors.length })}
          </Tick>
        )}
        {warnings > 0 && <Tick icon="info">{t('desk.checks.warnings', { count: warnings })}</Tick>}
        {untranslated > 0 && <Tick icon="info">{t('desk.checks.untranslated', { count: untranslated })}</Tick>}
      </ul>
      {errors.length > 0 && (
        <ul class="log" lang={locale}>
          {errors.slice(0, MOST_FINDINGS).map(({ rule, where, message, suggestion, item }) => (
            <li>
              <a class="sub" href={placeOf(exam.id, where, item)}>
                {where}
              </a>
              <p>{rule === 'limits/compile' ? t('desk.notCompiled') : message}</p>
              {rule !== 'limits/compile' && suggestion && <p class="quiet">{suggestion}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Why what is shown cannot be handed in. */
function stopOf({ live, bank, isChanged, isTooLarge, moved, used }: HandInProps) {
  if (!isChanged) return 'desk.nothingToHandIn'
  if (moved.length > 0) return 'desk.movedStops'
  if (!bank || used.length > 0) return 'desk.errorsStop'
  if (isTooLarge) return 'desk.problem.too-large'
  return bank.hash === live?.hash ? 'desk.nothingForCandidates' : undefined
}

const Send = (props: HandInProps) => {
  const { context, exam, draft, note = '', problem } = props
  const { t } = context
  const stop = stopOf(props)
  return (
    <Form class="card" method="post" action={`/staff/desk/${exam.id}/hand-in`}>
      <input type="hidden" name="draft" value={draft} />
      {problem === 'no-note' && (
        <p class="wrong" role="alert">
          {t('desk.problem.no-note')}
        </p>
      )}
      <p class="field">
        <label for="note">{t('bank.noteHint')}</label>
        <textarea class="input" id="note" name="note" rows={4} maxlength={2000} required>
          {note}
        </textarea>
      </p>
      <p class="tiny">{t('desk.othersApprove')}</p>
      <button
        class="btn primary full"
        type={stop ? 'button' : 'submit'}
        aria-disabled={stop ? 'true' : undefined}
        aria-describedby={stop ? 'stop' : undefined}
      >
        {t('desk.handIn')}
      </button>
      {stop && (
        <p class="tiny" id="stop">
          {t(stop)}
        </p>
      )}
    </Form>
  )
}

/** What would be handed in, word by word against what is published, and the note for whoever decides. */
export const HandInPage = (props: HandInProps) => {
  const { context, exam, live, isChanged, changes, page: asked, pictures, comparison, moved, problem } = props
  const { t } = context
  const pages = Math.max(1, Math.ceil(changes.length / CHANGES_A_PAGE))
  const page = Math.min(asked, pages)
  return (
    <DeskFrame
      context={context}
      title={t('desk.handIn')}
      of={
        live
          ? t('desk.againstVersion', { exam: exam.title, version: live.exam.version })
          : t('desk.againstNone', { exam: exam.title })
      }
      back={`/staff/desk/${exam.id}`}
    >
      {/* what was not done is told where the page begins */}
      {problem && problem !== 'no-note' && (
        <Note tone="bad" icon="alert" role="alert">
          <p>{t(`desk.problem.${problem}`)}</p>
        </Note>
      )}
      <div class="cols handcols">
        <div class="stack">
          <Summary {...props} />
          {moved.length > 0 && (
            <Note tone="bad" icon="alert" title={t('desk.moved')}>
              <p>{t('desk.movedText')}</p>
              <ul>
                {moved.map((path) => (
                  <li>
                    <a href={`/staff/desk/${exam.id}/history?${new URLSearchParams({ path })}`}>{path}</a>
                  </li>
                ))}
              </ul>
            </Note>
          )}
          {!isChanged && <p class="card quiet">{t('desk.nothingToHandIn')}</p>}
          <SourceDifference context={context} changes={changes} keys={keyChanges(comparison)} page={page} />
          {pages > 1 && (
            <section class="card">
              <p>{t('bank.pageOf', { page, pages })}</p>
              <Turn context={context} of={t('bank.against')} page={page} pages={pages} count={CHANGES_A_PAGE} />
            </section>
          )}
          {pictures.length > 0 && (
            <section class="card">
              <h2>{t('desk.pictures')}</h2>
              <ul>
                {pictures.map((path) => (
                  <li>
                    <code>{path}</code>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <aside class="stack stick" aria-label={t('desk.handIn')}>
          <Checks {...props} />
          <Send {...props} />
        </aside>
      </div>
    </DeskFrame>
  )
}
