import type { ExactChange, Picture } from '../../../item/publishing/exact-changes.ts'
import type { PageContext } from '../../ui/page-context.ts'

const Pictures = ({ title, pictures }: { title: string; pictures: readonly Picture[] }) =>
  pictures.length > 0 && (
    <figure>
      <figcaption class="sub">{title}</figcaption>
      {pictures.map(({ src, alt }) => (
        <img src={src} alt={alt} class="pic" />
      ))}
    </figure>
  )

/** Value by value what is stored otherwise, as it is stored; pictures to be looked at. */
export const ExactValues = ({
  context: { t },
  values,
  open = false,
}: {
  context: PageContext
  values: readonly ExactChange[]
  open?: boolean
}) => (
  <details class="more" open={open}>
    <summary>{t('bank.exact', { count: values.length })}</summary>
    <dl class="kv">
      {values.map(({ path, before, after, pictures }) => (
        <div>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            <p class="asis">
              {before !== undefined && <del>{before}</del>}
              {before !== undefined && after !== undefined && '\n'}
              {after !== undefined && <ins>{after}</ins>}
            </p>
            {pictures && (
              <div class="abreast">
                <Pictures title={t('bank.from')} pictures={pictures.before} />
                <Pictures title={t('bank.to')} pictures={pictures.after} />
              </div>
            )}
          </dd>
        </div>
      ))}
    </dl>
  </details>
)
