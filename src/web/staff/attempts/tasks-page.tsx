import type { SatTask, SatTasks } from '../../../flows/read-sat-tasks.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Chip, Note } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { pointsText } from '../../task-notes.ts'
import { Compiled } from '../../ui/compiled.tsx'
import { Material } from '../../ui/material.tsx'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { titleOf } from '../scope.tsx'

interface TaskProps {
  readonly context: PageContext
  readonly task: SatTask
}

/** What the candidate was shown, with what stood in each field. */
const Presented = ({ context: { t }, task: { instance } }: TaskProps) => {
  const { briefHtml, rulesHtml, materials, fields } = instance.presented
  return (
    <section>
      <h3>{t('sat.presented')}</h3>
      <div class="prose" lang="ja">
        <Compiled html={briefHtml} />
        <Compiled html={rulesHtml} />
      </div>
      <details class="more">
        <summary>{t('sat.materials')}</summary>
        <div class="work" lang="ja">
          <Material value={materials} />
        </div>
      </details>
      <details class="more">
        <summary>{t('sat.fields', { count: fields.length })}</summary>
        <dl class="kv work" lang="ja">
          {fields.map(({ name, initial }) => (
            <div>
              <dt>{name}</dt>
              <dd>{initial}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

/** What was changed, beside what stood there. */
const Response = ({ context: { t }, task: { instance, entries } }: TaskProps) => {
  const changed = instance.presented.fields.filter(({ name }) => entries[name] !== undefined)
  return (
    <section>
      <h3>{t('sat.response', { count: changed.length })}</h3>
      {changed.length === 0 && <p class="quiet">{t('sat.untouched')}</p>}
      <dl class="kv work" lang="ja">
        {changed.map(({ name, initial }) => (
          <div>
            <dt>{name}</dt>
            <dd>
              {initial !== '' && <del>{initial}</del>} <ins>{entries[name]}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What the grader looked at, what each earned of its weight, and what was lost. */
const Checkpoints = ({ context: { t }, task: { grade } }: TaskProps) => (
  <section>
    <h3>{t('sat.checkpoints')}</h3>
    {!grade && <p class="quiet">{t('sat.ungraded')}</p>}
    {grade?.critical !== undefined && (
      <Note tone="bad" icon="alert">
        <p>{t('sat.critical', { reason: grade.critical })}</p>
      </Note>
    )}
    <ul class="credits">
      {grade?.checkpoints.map(({ id, skill, weight, credit }) => (
        <li class={credit >= 1 ? 'full' : credit > 0 ? 'half' : 'none'}>
          <span class="unbroken num">{`${pointsText(weight * credit)} / ${pointsText(weight)}`}</span>{' '}
          <span>
            <code>{id}</code> <small>{skill}</small>
          </span>
        </li>
      ))}
      {grade?.losses.map(({ reason, weight, field }) => (
        <li class="lost">
          <span class="unbroken num">{`−${pointsText(weight)}`}</span>{' '}
          <span>
            <code>{reason}</code> {field !== undefined && <small lang="ja">{field}</small>}
          </span>
        </li>
      ))}
    </ul>
  </section>
)

const Task = (props: TaskProps) => {
  const { context, task } = props
  const { t } = context
  const { ref, instance, grade, points } = task
  return (
    <section class="card" aria-labelledby={ref}>
      <div class="card-head">
        <h2 id={ref}>
          {`${ref} `}
          <span lang="ja">{instance.presented.title}</span> <small class="sub">{instance.family}</small>
        </h2>
        {grade && <Chip icon="bars">{t('sat.score', { score: Math.round(grade.score * 1_000) / 10, points })}</Chip>}
      </div>
      <p class="tiny">
        {t('sat.drawn', {
          kind: t(`staff.kind.${instance.kind}`),
          generator: instance.generator,
          grader: instance.grader,
        })}{' '}
        <code>{instance.seed}</code>
      </p>
      <div class="abreast three">
        <Presented {...props} />
        <Response {...props} />
        <Checkpoints {...props} />
      </div>
    </section>
  )
}

/** The practical work of one attempt: what was shown, what was done, and what it earned, side by side. */
export const TasksPage = ({
  context,
  sat: { attempt, exam, name, tasks },
}: {
  context: PageContext
  sat: SatTasks
}) => {
  const { t } = context
  return (
    <Page styles={staffStyles} context={context} title={t('sat.title')} tab="/staff/attempts" room="staff">
      <main id="main" class="wrap">
        <Crumb href={`/staff/attempts?${new URLSearchParams({ q: attempt.id, open: attempt.id })}`}>
          {t('staff.attempts')}
        </Crumb>
        <div class="head">
          <div>
            <h1>{t('sat.title')}</h1>
            <p class="quiet">
              <bdi>{name || attempt.worker}</bdi> · {titleOf(context, exam)} <code>{attempt.id}</code>
            </p>
          </div>
        </div>
        <div class="stack">
          <Note icon="info">
            <p>{t('sat.noted')}</p>
          </Note>
          {tasks.map((task) => (
            <Task context={context} task={task} />
          ))}
        </div>
      </main>
    </Page>
  )
}
