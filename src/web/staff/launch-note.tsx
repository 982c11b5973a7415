import { Icon } from '../../platform/page/icon.tsx'
import { Note } from '../../platform/page/state.tsx'
import { againHref } from '../ui/notice-page.tsx'
import type { PageContext } from '../ui/page-context.ts'

/** Says, before a form is filled in, that its act needs another launch first, and leads there and back. */
export const LaunchNote = ({ context }: { context: PageContext }) =>
  context.needsLaunch ? (
    <Note tone="wait" icon="clock" title={context.t('notice.launch-too-old')}>
      <p>{context.t('notice.launch-too-oldText')}</p>
      <p class="btns">
        <a class="btn outline s" href={againHref(context.path)}>
          {context.t('notice.market')}
          <Icon name="out" small />
        </a>
      </p>
    </Note>
  ) : null
