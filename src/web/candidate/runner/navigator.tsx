import type { AttemptView } from '../../../flows/read-attempt.ts'
import { isAnswered } from '../../../form/read-response.ts'
import { SignOut } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** Whose paper this is, and the way out of the session: the paper has no header to hold it. */
export const Sitter = ({ context }: { context: PageContext }) => (
  <div class="sitter">
    <bdi>{context.visitor?.name}</bdi>
    <SignOut context={context} />
  </div>
)

const Legend = ({ context: { t } }: { context: PageContext }) => (
  <ul class="leg" aria-label={t('nav.legend')}>
    <li>
      <span class="cell s" data-a="" aria-hidden="true">
        1
      </span>
      {t('cell.answered')}
    </li>
    <li>
      <span class="cell s" aria-hidden="true">
        1
      </span>
      {t('cell.open')}
    </li>
    <li>
      <span class="cell s" data-f="" aria-hidden="true">
        1
      </span>
      {t('cell.flagged')}
    </li>
  </ul>
)

const Keys = ({ context: { t } }: { context: PageContext }) => (
  <details class="more keys">
    <summary>{t('keys.title')}</summary>
    <p>{t('keys.where')}</p>
    <dl>
      <dt>
        <kbd>A</kbd>–<kbd>E</kbd>, <kbd>1</kbd>–<kbd>9</kbd>
      </dt>
      <dd>{t('keys.choose')}</dd>
      <dt>
        <kbd>N</kbd> / <kbd>P</kbd>
      </dt>
      <dd>{t('keys.turn')}</dd>
      <dt>
        <kbd>F</kbd>
      </dt>
      <dd>{t('keys.flag')}</dd>
      <dt>
        <kbd>Esc</kbd>
      </dt>
      <dd>{t('keys.close')}</dd>
    </dl>
  </details>
)

/** The paper at a glance. Cells of the shown section are links, the others save the form and go there. */
export const Navigator = ({
  context,
  attempt,
  section,
  flags,
}: {
  context: PageContext
  attempt: AttemptView
  section: number
  flags: ReadonlySet<string>
}) => {
  const { t } = context
  const items = attempt.sections.flatMap((s) => s.items)
  const answered = items.filter((item) => isAnswered(item, attempt.responses[item.ref]?.response)).length
  // two sections fit beside each other
  const isShort = attempt.sections.every((s) => s.items.length <= 3)
  let number = 0
  return (
    <aside class="side" aria-label={t('nav.questions')} id="side">
      <div class="prog">
        <p>
          <b id="count">{answered}</b>
          <span>{t('nav.answeredOf', { total: items.length })}</span>
        </p>
        <svg class="meter" aria-hidden="true">
          <rect id="meter" width={`${(100 * answered) / Math.max(1, items.length)}%`} height="100%" />
        </svg>
      </div>
      <nav class={isShort ? 'paired' : undefined} aria-label={t('nav.numbers')}>
        {attempt.sections.map((s, i) => (
          <section class="navsec" data-nav={i + 1} data-active={i + 1 === section ? '' : undefined}>
            <h3>
              <span class="sn" aria-hidden="true">
                {i + 1}
              </span>
              {s.title}
            </h3>
            <ol class="cells">
              {s.items.map((item) => {
                number += 1
                const done = isAnswered(item, attempt.responses[item.ref]?.response)
                const flagged = flags.has(item.ref)
                const label = [
                  t('cell.label', { number }),
                  t(done ? 'cell.answered' : 'cell.open'),
                  ...(flagged ? [t('cell.flagged')] : []),
                ].join(t('list.comma'))
                const shared = {
                  class: 'cell',
                  'data-cell': item.ref,
                  'data-a': done ? '' : undefined,
                  'data-f': flagged ? '' : undefined,
                  'aria-label': label,
                }
                return (
                  <li>
                    {i + 1 === section ? (
                      <a href={`#${item.ref}`} {...shared}>
                        {number}
                      </a>
                    ) : (
                      <button form="paper" name="go" value={`section.${i + 1}.${item.ref}`} {...shared}>
                        {number}
                      </button>
                    )}
                  </li>
                )
              })}
            </ol>
          </section>
        ))}
      </nav>
      <div class="foot">
        <Legend context={context} />
        <button class="btn outline full" form="paper" name="go" value="review" id="review">
          {t('nav.review')}
        </button>
        <Keys context={context} />
        <Sitter context={context} />
      </div>
    </aside>
  )
}
