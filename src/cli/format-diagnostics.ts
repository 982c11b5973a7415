import type { Diagnostic } from '../authoring/diagnostic.ts'
import { rulePage } from '../authoring/rule-pages.ts'
import { type Example, examplesOf, isTold, type RulePage } from '../authoring/rules/rule-page.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import { textsOf } from './texts.ts'

export const DIAGNOSTIC_FORMATS = ['text', 'json', 'sarif', 'github'] as const
export type DiagnosticFormat = (typeof DIAGNOSTIC_FORMATS)[number]

/** Control characters could move the cursor of whoever reads a hostile bank's messages. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
export const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')

export const asText = (d: Diagnostic): string =>
  printable(
    `${d.file}:${d.line}:${d.column} ${d.severity} ${d.rule} ${d.message}${d.suggestion ? ` ⇒ ${d.suggestion}` : ''}`,
  )

const escapeData = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** A workflow command that puts the diagnostic beside its line in a pull request. */
const asAnnotation = (d: Diagnostic): string =>
  `::${d.severity} file=${escapeProperty(d.file)},line=${d.line},col=${d.column},title=${escapeProperty(d.rule)}::${escapeData(printable(`${d.message}${d.suggestion ? ` ⇒ ${d.suggestion}` : ''}`))}`

/** What a viewer shows of a rule beside a finding: its page. */
function asRule(id: string, language: Language) {
  const page = rulePage(id)
  if (!page) return { id }
  const markdown = printRulePage(page, language)
  return {
    id,
    shortDescription: { text: sentenceOf(page.title, language) },
    fullDescription: { text: sentenceOf(page.why, language) },
    help: { text: markdown, markdown },
  }
}

/** SARIF 2.1.0, as code-hosting sites read it. */
function asSarif(diagnostics: readonly Diagnostic[], language: Language) {
  const rules = [...new Set(diagnostics.map(({ rule }) => rule))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kentei', rules: rules.map((id) => asRule(id, language)) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((d) => ({
          ruleId: d.rule,
          ruleIndex: rules.indexOf(d.rule),
          level: d.severity,
          message: { text: d.suggestion ? `${d.message} ⇒ ${d.suggestion}` : d.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(d.file) },
                region: { startLine: d.line, startColumn: d.column },
              },
            },
          ],
        })),
      },
    ],
  }
}

/**
 * The whole output of a check, without its last line end; empty when there is nothing to say. In one line, a document is
 * told from the next by whoever reads a run of them.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  language: Language,
  { inOneLine = false } = {},
): string {
  const json = (value: unknown) => (inOneLine ? JSON.stringify(value) : JSON.stringify(value, null, 2))
  switch (format) {
    case 'text':
      return diagnostics.map(asText).join('\n')
    case 'github':
      return diagnostics.map(asAnnotation).join('\n')
    case 'json':
      return json(diagnostics)
    case 'sarif':
      return json(asSarif(diagnostics, language))
    default:
      return format satisfies never
  }
}

/** The page of a rule as Markdown. */
export function printRulePage(page: RulePage, language: Language): string {
  const { rule, title, why } = page
  const { bad, good } = examplesOf(page, language)
  const t = textsOf(language)
  return [
    `# ${rule} — ${sentenceOf(title, language)}`,
    sentenceOf(why, language),
    `## ${t('cli.rule.bad')}`,
    printExample(bad, language),
    `## ${t('cli.rule.good')}`,
    printExample(good, language),
  ].join('\n\n')
}

/** Indented like code: an example holds headings of its own. Spaces at the end of a line would not be seen anyway. */
const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')

function printExample(example: Example, language: Language): string {
  if (typeof example === 'string') return indented(example)
  if (isTold(example)) return sentenceOf(example.told, language)
  return Object.entries(example)
    .map(([path, content]) => `${path}:\n\n${indented(content)}`)
    .join('\n\n')
}
