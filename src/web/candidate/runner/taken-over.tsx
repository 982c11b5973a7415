import type { AttemptView } from '../../../flows/read-attempt.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { PageContext } from '../../ui/page-context.ts'

interface TakenOverProps {
  readonly context: PageContext
  readonly attempt: AttemptView
  /** Where the posted form leads: to the same page. */
  readonly go: string
  readonly hidden: boolean
}

/** Shown by the island, and by the server to a plain form, when another tab or device writes. */
export const TakenOver = ({ context: { t }, attempt, go, hidden }: TakenOverProps) => (
  <div class="note wait" id="lost" hidden={hidden}>
    <Icon name="alert" />
    <div>
      <p>{t('runner.lost')}</p>
      {/* posts the whole form, so that taking over keeps what was entered */}
      <p class="btns">
        <button class="btn outline s" form="paper" formaction={`/attempts/${attempt.id}/takeover`} name="go" value={go}>
          {t('runner.takeOver')}
        </button>
      </p>
    </div>
  </div>
)
