import type { SandboxProblem } from '../problem.ts'
import { link } from './links.ts'
import { Page, type Reader } from './parts/layout.tsx'

function wordsOf({ t }: Reader, { code }: SandboxProblem): readonly [title: string, text: string] {
  if (code === 'not-found') return [t('market.notice.notFound'), t('market.notice.notFoundText')]
  if (code === 'worker-erased') return [t('market.notice.erased'), t('market.notice.erasedText')]
  return [t('market.notice.refused'), t.find(`market.notice.why.${code}`) ?? t('market.notice.refusedText')]
}

/** Where in a form something is wrong, and what to do. */
const issuesOf = (problem: SandboxProblem) => (problem.code === 'malformed' ? problem.issues : [])

/** A refusal, for people. */
export function NoticePage({ reader, problem }: { reader: Reader; problem: SandboxProblem }) {
  const [title, text] = wordsOf(reader, problem)
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
          <div class="btns">
            <a class="btn s primary" href={link(reader.locale, '/workers')}>
              {reader.t('market.notice.back')}
            </a>
          </div>
        </div>
      </main>
    </Page>
  )
}
