import { Icon } from '../../../platform/page/icon.tsx'
import { handInStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'

interface FrameProps {
  readonly context: PageContext
  readonly title: string
  /** Which exam, and what of it. */
  readonly of: string
  /** Where the author was writing. */
  readonly back: string
  readonly children: unknown
}

/** What is done with a draft beside writing it: a page that leads back to the desk. */
export const DeskFrame = ({ context, title, of, back, children }: FrameProps) => (
  <Page styles={handInStyles} context={context} title={title} tab="/staff/desk" room="staff">
    <main id="main" class="wrap">
      <p class="crumb">
        <a href={back}>
          <Icon name="left" small />
          {context.t('desk.back')}
        </a>
      </p>
      <div class="head">
        <div>
          <h1>{title}</h1>
          <p class="quiet">{of}</p>
        </div>
      </div>
      {children}
    </main>
  </Page>
)
