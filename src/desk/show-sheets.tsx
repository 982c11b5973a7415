import { NO_MEMORY } from '../authoring/compile-memory.ts'
import type { RenderOptions } from '../authoring/render-markdown.ts'
import { readStudySheets } from '../authoring/study-sheets.ts'
import type { Locale } from '../item/item.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import study from '../texts/study?texts'
import { StudyArticle } from '../web/candidate/study/study-article.tsx'
import type { Translate } from '../web/ui/message.ts'

// of all that a page may say a sheet needs no more than its own headings
const sentences = catalogue<never, Locale>([study])

/** The study sheets of a file as everybody reads them, or one of them. Empty while none can be read. */
export function showSheets(
  { path, text }: { readonly path: string; readonly text: string },
  { skill, image }: { readonly skill?: string | undefined; readonly image: RenderOptions['image'] },
): string {
  const written = readStudySheets([{ path, content: text }], {
    language: 'ja',
    image,
    reportOf: () => () => {},
    memory: NO_MEMORY,
  })
  return written
    .filter((sheet) => skill === undefined || sheet.skill === skill)
    .map(({ locale, wording: { title, html } }, i) => {
      const context = { t: sentences.in(locale) as unknown as Translate, tag: locale }
      return String(
        <section>
          <h1 lang={locale}>{title}</h1>
          <StudyArticle html={html} locale={locale} context={context} nth={`-${i + 1}`} />
        </section>,
      )
    })
    .join('')
}
