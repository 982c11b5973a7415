import type { SandboxProblem } from '../problem.ts'
import { link } from './links.ts'
import { Page, type Reader } from './parts/layout.tsx'

function wordsOf({ notice }: Reader['t'], { code }: SandboxProblem): readonly [title: string, text: string] {
  if (code === 'not-found') return [notice.notFound, notice.notFoundText]
  if (code === 'worker-erased') return [notice.erased, notice.erasedText]
  return [notice.refused, notice.why[code] ?? notice.refusedText]
}

/** Where in a form something is wrong, and what to do. */
const issuesOf = (problem: SandboxProblem) => (problem.code === 'malformed' ? problem.issues : [])

/** A refusal, for people. */
export function NoticePage({ reader, problem }: { reader: Reader; problem: SandboxProblem }) {
  const [title, text] = wordsOf(reader.t, problem)
  return (
    <Page reader={reader} title={title}>
      <main id="main" class="wrap narrow">
        <div class="card flow">
          <h1>{title}</h1>
          <p>{text}</p>
          {issuesOf(problem).length > 0 && (
            <ul class="issues">
              {issuesOf(problem).map((issue) => (
                <li>
                  <code>{issue.path}</code> {issue.message}
                </li>
              ))}
            </ul>
          )}
          {'detail' in problem && <p class="tiny">{problem.detail}</p>}
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
