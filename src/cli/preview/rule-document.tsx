import { type Example, examplesOf, isTold, type RulePage } from '../../authoring/rules/rule-page.ts'
import { type Language, sentenceOf } from '../../authoring/said.ts'
import { textsOf } from '../texts.ts'

function Shown({ example, language }: { example: Example; language: Language }) {
  if (typeof example === 'string') return <pre>{example.trimEnd()}</pre>
  if (isTold(example)) return <p>{sentenceOf(example.told, language)}</p>
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
  const t = textsOf(language)
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
            <a href="/">{t('preview.items')}</a>
            <a href="?lang=ja" lang="ja" aria-current={language === 'ja' ? 'true' : undefined}>
              {textsOf('ja')('cli.language')}
            </a>
            <a href="?lang=en" lang="en" aria-current={language === 'en' ? 'true' : undefined}>
              {textsOf('en')('cli.language')}
            </a>
          </nav>
          <header>
            <h1>{sentenceOf(page.title, language)}</h1>
            <p class="tiny">
              <code>{page.rule}</code>
            </p>
          </header>
          <p>{sentenceOf(page.why, language)}</p>
          <h2>{t('cli.rule.bad')}</h2>
          <Shown example={bad} language={language} />
          <h2>{t('cli.rule.good')}</h2>
          <Shown example={good} language={language} />
        </main>
      </body>
    </html>
  )
  return `<!doctype html>${String(html)}`
}
