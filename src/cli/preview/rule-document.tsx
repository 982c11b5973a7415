import type { Language } from '../../authoring/diagnostic.ts'
import { examplesOf } from '../../authoring/rules/english-examples.ts'
import { type Example, isTold, type RulePage } from '../../authoring/rules/rule-page.ts'
import { RULE_WORDS } from '../print-rule-page.ts'
import { textsOf } from '../texts.ts'

function Shown({ example, language }: { example: Example; language: Language }) {
  if (typeof example === 'string') return <pre>{example.trimEnd()}</pre>
  if (isTold(example)) return <p>{example.told[language]}</p>
  return (
    <>
      {Object.entries(example).map(([path, content]) => (
        <>
          <p class="tiny">
            <code>{path}</code>
          </p>
          <pre>{content.trimEnd()}</pre>
        </>
      ))}
    </>
  )
}

/** The page of a rule, where a finding in the preview leads. */
export function ruleDocument(page: RulePage, language: Language): string {
  const { bad, good } = examplesOf(page, language)
  const words = RULE_WORDS[language]
  const html = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${page.rule}｜kentei preview`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/preview.css" />
      </head>
      <body>
        <main class="desk rule">
          <nav class="filt" aria-label="preview">
            <a href="/">{textsOf(language)('preview.items')}</a>
            <a href="?lang=ja" lang="ja" aria-current={language === 'ja' ? 'true' : undefined}>
              日本語
            </a>
            <a href="?lang=en" lang="en" aria-current={language === 'en' ? 'true' : undefined}>
              English
            </a>
          </nav>
          <header>
            <h1>{page.title[language]}</h1>
            <p class="tiny">
              <code>{page.rule}</code>
            </p>
          </header>
          <p>{page.why[language]}</p>
          <h2>{words.bad}</h2>
          <Shown example={bad} language={language} />
          <h2>{words.good}</h2>
          <Shown example={good} language={language} />
        </main>
      </body>
    </html>
  )
  return `<!doctype html>${String(html)}`
}
