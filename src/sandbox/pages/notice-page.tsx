import type { SandboxProblem } from '../problem-response.ts'
import { link } from './links.ts'
import { Page, type Reader } from './parts/layout.tsx'

function wordsOf({ notice }: Reader['t'], code: SandboxProblem['code']): readonly [title: string, text: string] {
  if (code === 'not-found') return [notice.notFound, notice.notFoundText]
  return code === 'worker-erased' ? [notice.erased, notice.erasedText] : [notice.refused, notice.refusedText]
}

/** A refusal, for people. */
export function NoticePage({ reader, code }: { reader: Reader; code: SandboxProblem['code'] }) {
  const [title, text] = wordsOf(reader.t, code)
  return (
    <Page reader={reader} title={title}>
      <main id="main" class="wrap narrow">
        <div class="card flow">
          <h1>{title}</h1>
          <p>{text}</p>
          <div class="buttons">
            <a class="button primary" href={link(reader.locale, '/workers')}>
              {reader.t.notice.back}
            </a>
          </div>
        </div>
      </main>
    </Page>
  )
}
