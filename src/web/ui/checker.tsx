import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import type { PageContext } from './page-context.ts'

interface CheckerProps {
  readonly context: PageContext
  /** What was asked before. */
  readonly asked?: string | undefined
  /** Id of what is said of it. */
  readonly describedBy?: string | undefined
}

/** Asks for the number or the address of a certificate, or for a picture that carries one. */
export const Checker = ({ context: { t, tag }, asked, describedBy }: CheckerProps) => (
  <Form method="post" action={`/check?lang=${tag}`} enctype="multipart/form-data" class="checker stack s">
    <p class="field">
      <label for="certificate">{t('check.label')}</label>
      <input
        class="input"
        id="certificate"
        name="certificate"
        type="text"
        maxlength={40_000}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder={t('check.example')}
        value={asked}
        aria-invalid={describedBy ? 'true' : undefined}
        aria-describedby={describedBy}
      />
    </p>
    <p class="field">
      <label for="image">{t('check.image')}</label>
      <input class="file" id="image" name="image" type="file" accept="image/png,image/svg+xml,.png,.svg" />
    </p>
    <p class="btns">
      <button class="btn outline s">
        <Icon name="shield" small />
        {t('check.submit')}
      </button>
      <span class="tiny">{t('check.kept')}</span>
    </p>
  </Form>
)
