import type { CompiledHtml } from '../../../item/markup/compiled-html.ts'
import { deskViewStyles, studyStyles } from '../../assets.ts'
import { Compiled } from '../../ui/compiled.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** A practical task or study sheets in a page of their own, laid out by the exam's own sheet. No script runs in it. */
export const FramedView = ({
  context: { t, tag },
  path,
  html,
}: {
  context: PageContext
  path: string
  html: CompiledHtml
}) => {
  const isTask = path.startsWith('tasks/')
  const page = (
    <html lang={tag}>
      <head>
        <meta charset="utf-8" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={(isTask ? deskViewStyles : studyStyles).href} />
        <title>{t('desk.candidate')}</title>
      </head>
      <body>
        <main class={isTask ? 'trials' : 'wrap leaf'}>
          <Compiled html={html} />
        </main>
      </body>
    </html>
  )
  return <iframe class="view-frame" title={t('desk.candidate')} sandbox="" srcdoc={`<!doctype html>${page}`} />
}
