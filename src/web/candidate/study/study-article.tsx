import type { StudyPage } from '../../../flows/read-study-sheets.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { PageTag } from '../../../platform/page/words.ts'
import { Compiled } from '../../ui/compiled.tsx'
import type { Translate } from '../../ui/message.ts'

/** What a study sheet says: in the language in which it is written, below headings in that of the page. */
export const StudyArticle = ({
  html,
  locale,
  context: { t, tag },
  nth = '',
}: {
  html: StudyPage['sheet']['html']
  locale: 'ja' | 'en'
  context: { readonly t: Translate; readonly tag: PageTag }
  /** Behind every id, where several sheets stand on a page. */
  nth?: string
}) => (
  <article class="card prose written" lang={locale}>
    <Compiled html={html.teaching} />
    <section aria-labelledby={`example${nth}`}>
      <h2 id={`example${nth}`} lang={tag}>
        {t('study.example')}
      </h2>
      <Compiled html={html.example} />
    </section>
    <section aria-labelledby={`mistakes${nth}`}>
      <h2 id={`mistakes${nth}`} lang={tag}>
        {t('study.mistakes')}
      </h2>
      <Compiled html={html.mistakes} />
    </section>
    <section class="try" aria-labelledby={`question${nth}`}>
      <h2 id={`question${nth}`} lang={tag}>
        {t('study.question')}
      </h2>
      <Compiled html={html.question} />
      <details>
        <summary lang={tag}>
          <Icon name="unfold" small />
          {t('study.answer')}
        </summary>
        <div class="answer">
          <Compiled html={html.answer} />
        </div>
      </details>
    </section>
    <section class="small" aria-labelledby={`sources${nth}`}>
      <h2 id={`sources${nth}`} lang={tag}>
        {t('study.sources')}
      </h2>
      <Compiled html={html.sources} />
    </section>
  </article>
)
