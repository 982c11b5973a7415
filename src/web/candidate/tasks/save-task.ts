import type { Upload } from '../../../attempt/process-data/process-data.ts'
import type { AttemptView } from '../../../flows/read-attempt.ts'
import type { PresentedTaskItem } from '../../../form/form.ts'
import type { LeaseId } from '../../../kernel/id.ts'
import type { Problem } from '../../../kernel/problem.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import { type Entries, type FieldProblem, fieldProblem, spell, type TaskField } from '../../../task/present.ts'
import type { World } from '../../../world/world.ts'
import type { CandidateFlows } from '../candidate-flows.ts'
import { revisionField } from '../runner/section-form.ts'
import { type FormFields, firstOf } from '../types/control-type.ts'
import { controlId, controlName, type ShownKind } from './task-control.ts'
import { taskControlOf } from './task-controls.ts'

export interface TaskPost {
  readonly flows: CandidateFlows
  readonly world: World
  readonly session: Session
  readonly attempt: AttemptView
  readonly item: PresentedTaskItem
  readonly lease: LeaseId
  readonly fields: FormFields
  /** The file that the fields come from. */
  readonly upload?: Upload
}

export type TaskOutcome =
  | { readonly outcome: 'go'; readonly to: string }
  | { readonly outcome: 'refused'; readonly problem: Problem }
  | {
      readonly outcome: 'again'
      readonly notice: 'refused' | 'tooMuch' | 'stale' | 'lost'
      /** The attempt with what was entered in place of what is stored, so that nothing has to be typed twice. */
      readonly view: AttemptView
      readonly problems: Readonly<Record<string, FieldProblem>>
    }

/** What a task's response holds so far. */
export function entriesOf(attempt: AttemptView, ref: string): Entries {
  const response = attempt.responses[ref]?.response
  return response && 'entries' in response ? response.entries : {}
}

/** What the controls of a field say; undefined where they were not on the form. */
function writtenIn(ref: string, field: TaskField, fields: FormFields): string | undefined {
  const posted = fields[controlName(ref, field.name)]
  // nothing is posted of boxes without a tick
  if (field.as === 'many') return (posted ?? []).join(' ')
  if (field.as === 'one') return posted?.[0] ?? ''
  return posted?.[0] === undefined ? undefined : spell(posted[0])
}

export interface ReadTask {
  /** Everything that was entered and differs from what stood there. */
  readonly entered: Entries
  /** The same, with what is stored in place of what cannot be kept. */
  readonly kept: Entries
  readonly problems: Readonly<Record<string, FieldProblem>>
}

/** What a button that was pressed does to a field before it is kept. */
function turnedBack(field: TaskField, written: string, kind: ShownKind, go: string): string {
  if (go === `undo.${field.name}`) return field.initial
  const change = /^edit\.(\d{1,5})$/.exec(go)?.[1]
  return change === undefined ? written : (taskControlOf(kind).takeBack?.(field, written, Number(change)) ?? written)
}

/** Reads the posted form of a task. */
export function readTask({ ref, task }: PresentedTaskItem, fields: FormFields, stored: Entries): ReadTask {
  const go = firstOf(fields, 'go')
  const entered: Record<string, string> = {}
  const kept: Record<string, string> = {}
  const problems: Record<string, FieldProblem> = {}
  for (const field of task.fields) {
    const before = stored[field.name] ?? field.initial
    const written = turnedBack(field, writtenIn(ref, field, fields) ?? before, task.kind, go)
    const problem = fieldProblem(field, written)
    if (problem) problems[field.name] = problem
    if (written !== field.initial) entered[field.name] = written
    const held = problem ? before : written
    if (held !== field.initial) kept[field.name] = held
  }
  return { entered, kept, problems }
}

const same = (a: Entries, b: Entries): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value)

/** Where the pressed button leads: another task, `review`, or the same task in one of its views. */
function destination(fields: FormFields, attempt: AttemptView, ref: string): string {
  const go = firstOf(fields, 'go')
  if (go === 'review') return '/review'
  if (go === 'import') return `/import?task=${attempt.tasks.findIndex((item) => item.ref === ref) + 1}`
  const asked = /^task\.(\d{1,2})$/.exec(go)?.[1]
  const shown = attempt.tasks.findIndex((item) => item.ref === ref)
  if (asked !== undefined && Number(asked) !== shown + 1) return `?task=${asked}`
  // saving, and taking something back, stays in the view where it was pressed
  const view = /^view\.([a-z0-9]{1,20})$/.exec(go)?.[1] ?? /^[a-z0-9]{1,20}$/.exec(firstOf(fields, 'view'))?.[0]
  const undone = /^undo\.(.+)$/s.exec(go)?.[1]
  const at = attempt.tasks[shown]?.task.fields.findIndex(({ name }) => name === undone) ?? -1
  return `?task=${shown + 1}${view === undefined ? '' : `&view=${view}`}${at < 0 ? '' : `#${controlId(ref, at)}`}`
}

/** Saves a task posted by a plain form. Whatever cannot be kept comes back with the page, as it was entered. */
export async function saveTask({
  flows,
  world,
  session,
  attempt,
  item,
  lease,
  fields,
  upload,
}: TaskPost): Promise<TaskOutcome> {
  const { ref } = item
  const shown = Number(firstOf(fields, revisionField(ref)))
  const hasForm = fields[revisionField(ref)] !== undefined && Number.isSafeInteger(shown) && shown >= 0
  if (!hasForm) return { outcome: 'go', to: destination(fields, attempt, ref) }
  const stored = entriesOf(attempt, ref)
  const { entered, kept, problems } = readTask(item, fields, stored)

  const again = (notice: 'refused' | 'tooMuch' | 'lost', view: AttemptView): TaskOutcome => {
    const revision = view.responses[ref]?.revision ?? 0
    const responses = { ...view.responses, [ref]: { revision, response: { entries: entered } } }
    return { outcome: 'again', notice, view: { ...view, lease, responses }, problems }
  }

  if (!same(kept, stored)) {
    const saves = [{ item: ref, revision: shown + 1, response: { entries: kept }, ...(upload ? { upload } : {}) }]
    const recorded = await flows.recordResponses(world, { session, id: attempt.id, lease, saves })
    if (!recorded.ok) {
      const { code } = recorded.problem
      if (code === 'lease-lost') return again('lost', attempt)
      return code === 'malformed' ? again('tooMuch', attempt) : { outcome: 'refused', problem: recorded.problem }
    }
    if (recorded.value.results.some(({ status }) => status === 'stale-revision')) {
      const view = await flows.readAttempt(world, { session, id: attempt.id })
      if (!view.ok) return { outcome: 'refused', problem: view.problem }
      return { outcome: 'again', notice: 'stale', view: { ...view.value, lease }, problems: {} }
    }
  }
  if (Object.keys(problems).length === 0) return { outcome: 'go', to: destination(fields, attempt, ref) }
  const view = await flows.readAttempt(world, { session, id: attempt.id })
  return view.ok ? again('refused', view.value) : { outcome: 'refused', problem: view.problem }
}
