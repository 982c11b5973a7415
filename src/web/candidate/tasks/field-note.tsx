import type { TaskField } from '../../../task/present.ts'
import type { PageContext } from '../../ui/page-context.ts'
import type { FieldProblem } from './task-control.ts'

interface FieldNoteProps {
  readonly context: PageContext
  /** The control's. */
  readonly id: string
  readonly field: TaskField
  readonly value: string
  readonly problem: FieldProblem | undefined
}

/** Below a control: why it could not be kept, what stood there before, and the way back to it. */
export const FieldNote = ({ context: { t, locale }, id, field, value, problem }: FieldNoteProps) => {
  if (value === field.initial && !problem) return null
  return (
    <div class="below" id={`${id}-note`} lang={locale}>
      {problem && <p class="refused">{t(`practical.problem.${problem}`, { max: field.max })}</p>}
      <p class="orig">
        <span>
          {t('practical.was')} <q lang="ja">{field.initial}</q>
        </span>
        <button
          class="undo"
          name="go"
          value={`undo.${field.name}`}
          aria-label={t('practical.undoOf', { field: field.label })}
        >
          {t('practical.undo')}
        </button>
      </p>
    </div>
  )
}
