import { ShortLabel } from '../../../platform/page/short-label.tsx'
import type { FieldProblem, TaskField } from '../../../task/present.ts'
import type { PageContext } from '../../ui/page-context.ts'

/** What stood in a field before; styles show the sentence for nothing where the quotation is empty. */
export const Was = ({ context: { t }, initial }: { context: Pick<PageContext, 't'>; initial: string }) => (
  <span class="before">
    <span>
      {t('practical.was')} <q lang="ja">{initial}</q>
    </span>
    <span class="none">{t('practical.wasEmpty')}</span>
  </span>
)

interface BelowProps {
  readonly context: PageContext
  /** The field's. */
  readonly name: string
  readonly label: string
  readonly initial: string
}

/** What stood in a changed field before, and the way back to it. */
export const Below = ({ context: { t, locale }, name, label, initial }: BelowProps) => (
  <p class="orig" lang={locale}>
    <Was context={{ t }} initial={initial} />
    <button class="undo" name="go" value={`undo.${name}`}>
      <ShortLabel heard={t('practical.undoOf', { field: label })}>{t('practical.undo')}</ShortLabel>
    </button>
  </p>
)

interface FieldNoteProps {
  readonly context: PageContext
  /** The control's. */
  readonly id: string
  readonly field: TaskField
  readonly value: string
  readonly problem: FieldProblem | undefined
}

/** Below a control: why it could not be kept. */
export const FieldProblemNote = ({ context, id, field, problem }: Omit<FieldNoteProps, 'value'>) =>
  problem ? (
    <p class="refused" id={`${id}-problem`} lang={context.locale}>
      {context.t(`practical.problem.${problem}`, { max: field.max })}
    </p>
  ) : null

/** Below a control: why it could not be kept, and what stood there before. */
export const FieldNote = ({ context, id, field, value, problem }: FieldNoteProps) => (
  <>
    <FieldProblemNote context={context} id={id} field={field} problem={problem} />
    {value !== field.initial && (
      <Below context={context} name={field.name} label={field.label} initial={field.initial} />
    )}
  </>
)
