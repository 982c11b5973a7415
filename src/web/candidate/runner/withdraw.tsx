import type { AttemptView } from '../../../flows/read-attempt.ts'
import { Form } from '../../../platform/page/form.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** Gives the attempt up, after it was said what that means. */
export const Withdraw = ({ context: { t }, attempt }: { context: PageContext; attempt: AttemptView }) => (
  <details class="more" id="withdraw">
    <summary>{t('withdraw.title')}</summary>
    <Form method="post" action={`/attempts/${attempt.id}/withdraw`} class="stack s">
      <p class="tiny">{t('withdraw.text')}</p>
      <label class="check">
        <input type="checkbox" name="sure" value="1" required />
        <span>{t('withdraw.sure')}</span>
      </label>
      <button class="btn ghost s">{t('withdraw.button')}</button>
    </Form>
  </details>
)
