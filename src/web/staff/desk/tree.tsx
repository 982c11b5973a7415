import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import type { DeskPageProps } from './desk-props.ts'
import type { Branch, Leaf } from './outline.ts'

/** The desk at a place. */
export const addressOf = (exam: string, { path, item }: Pick<Leaf, 'path' | 'item'>): string =>
  `/staff/desk/${exam}?${new URLSearchParams({ path, ...(item === undefined ? {} : { item }) })}`

const Dot = ({ context: { t }, mark }: { context: PageContext; mark: Leaf['mark'] | 'bad' }) =>
  mark ? (
    <i class={`tdot ${mark}`}>
      <span class="unseen">{t(`desk.mark.${mark}`)}</span>
    </i>
  ) : null

/** So many lines of a branch are shown at once. */
const MOST_SHOWN = 300

const isHere = ({ path, item }: Leaf, place: DeskPageProps['place']) =>
  place?.path === path && (item === undefined || place.item === item)

interface BranchProps extends Pick<DeskPageProps, 'context' | 'exam' | 'place' | 'findings' | 'words'> {
  readonly branch: Branch
}

const hasErrors = ({ findings = [] }: Pick<BranchProps, 'findings'>, path: string, item?: string): boolean =>
  findings.some(
    ({ severity, where, item: of }) =>
      severity === 'error' && where.startsWith(`${path}:`) && (item === undefined || of === item),
  )

/** The lines around the place at hand, of a branch that has more than a page should hold. */
function shownOf({ leaves }: Branch, place: DeskPageProps['place']): readonly Leaf[] {
  const here = leaves.findIndex((leaf) => isHere(leaf, place))
  const from = Math.max(0, Math.min(here - MOST_SHOWN / 2, leaves.length - MOST_SHOWN))
  return leaves.slice(from, from + MOST_SHOWN)
}

const Leaves = ({ context, exam, place, findings, branch }: BranchProps) => {
  const shown = shownOf(branch, place)
  return (
    <>
      <ul>
        {shown.map((leaf) => (
          <li>
            <a href={addressOf(exam.id, leaf)} aria-current={isHere(leaf, place) ? 'true' : undefined}>
              <span>{leaf.title}</span>
              <Dot context={context} mark={hasErrors({ findings }, leaf.path, leaf.item) ? 'bad' : leaf.mark} />
            </a>
          </li>
        ))}
      </ul>
      {shown.length < branch.leaves.length && (
        <p class="tiny">{context.t('desk.moreLeaves', { count: branch.leaves.length - shown.length })}</p>
      )}
    </>
  )
}

const kinds = { tasks: 'desk.tasks', sheets: 'desk.sheets', exam: 'desk.examPages' } as const

const BranchRow = (props: BranchProps) => {
  const { context, exam, place, branch, words, findings } = props
  const { t } = context
  const title = branch.title ?? t(branch.kind === 'topic' ? 'bank.topic' : kinds[branch.kind])
  const isOpen = words !== '' || branch.leaves.some(({ path }) => path === place?.path)
  const mark = branch.leaves.some(({ path }) => hasErrors({ findings }, path))
    ? 'bad'
    : branch.leaves.find((leaf) => leaf.mark)?.mark
  const [first] = branch.leaves
  return (
    <li>
      {isOpen || !first ? (
        <details open={isOpen} data-branch={branch.key}>
          <summary>
            <Icon name="right" small />
            <span>{title}</span>
            <small>{branch.leaves.length}</small>
          </summary>
          <Leaves {...props} />
        </details>
      ) : (
        // the items of a topic come with its own page: all of a large bank would be a page of megabytes
        <a class="branch" href={addressOf(exam.id, first)} data-branch={branch.key}>
          <Icon name="right" small />
          <span>{title}</span>
          <small>{branch.leaves.length}</small>
          <Dot context={context} mark={mark} />
        </a>
      )}
    </li>
  )
}

/** What there is to write, by topic. */
export const Tree = (props: DeskPageProps) => {
  const { context, exam, outline, place, words } = props
  const { t } = context
  const topic =
    outline.branches.find(({ kind, path }) => kind === 'topic' && path === place?.path) ?? outline.branches[0]
  return (
    <nav class="tree" id="tree" aria-label={t('desk.tree')}>
      <Form method="get" action={`/staff/desk/${exam.id}`} role="search" class="search2">
        <label class="unseen" for="desk-search">
          {t('desk.search')}
        </label>
        <Icon name="search" />
        {place && <input type="hidden" name="path" value={place.path} />}
        <input
          class="input"
          id="desk-search"
          type="search"
          name="q"
          value={words}
          placeholder={t('desk.searchHint')}
          maxlength={100}
        />
      </Form>
      <p class="tree-h">
        <a href="/staff/desk">{exam.title}</a>
        <a class="btn xs ghost" href={`/staff/desk/${exam.id}/import`}>
          {t('desk.import')}
        </a>
        {topic?.path !== undefined && (
          <a class="btn xs ghost" href={`/staff/desk/${exam.id}/new?${new URLSearchParams({ path: topic.path })}`}>
            {t('desk.newItem')}
          </a>
        )}
      </p>
      <div id="desk-tree" class="folders" tabindex={0} role="group" aria-label={t('desk.tree')}>
        {outline.branches.length === 0 ? (
          <p class="quiet">{t('desk.nothingFound')}</p>
        ) : (
          <ul>
            {outline.branches.map((branch) => (
              <BranchRow {...props} branch={branch} />
            ))}
          </ul>
        )}
      </div>
      <p class="tree-key">
        {(['new', 'changed', 'bad'] as const).map((mark) => (
          <span>
            <i class={`tdot ${mark}`} />
            {t(`desk.mark.${mark}`)}
          </span>
        ))}
      </p>
    </nav>
  )
}
