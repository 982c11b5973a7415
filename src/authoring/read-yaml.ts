import { isAlias, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type * as z from 'zod'
import { en, ja } from 'zod/locales'
import { error, type Place, type Report } from './diagnostic.ts'
import { type Language, type Said, say } from './said.ts'

// by name: a bundle that names them all holds those of fifty languages
const SAID_BY_ZOD = { en, ja } satisfies Record<Language, unknown>

const LONGEST_FRONTMATTER = 32_000
const DEEPEST = 16

export interface Frontmatter {
  readonly yaml: string
  /** 0-based line on which the YAML starts. */
  readonly line: number
  /** 0-based line after the closing `---`. */
  readonly bodyFrom: number
}

/** Takes the frontmatter off the top of a file; undefined when there is none. */
export function cutFrontmatter(lines: readonly string[]): Frontmatter | undefined {
  if (lines[0]?.trimEnd() !== '---') return undefined
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---')
  return end < 0 ? undefined : { yaml: lines.slice(1, end).join('\n'), line: 1, bodyFrom: end + 1 }
}

const depthOf = (yaml: string): number => {
  let depth = 0
  let deepest = 0
  for (const c of yaml) {
    if (c === '[' || c === '{') deepest = Math.max(deepest, ++depth)
    else if (c === ']' || c === '}') depth -= 1
  }
  return Math.max(
    deepest,
    ...yaml.split('\n').map((line) => line.search(/\S/) / 2),
    ...yaml.split('\n').map((line) => line.match(/^[\s\-?]*/)?.[0].match(/[-?]/g)?.length ?? 0),
  )
}

/** How the settings are written that have a form of their own. */
const EXAMPLES: Readonly<Record<string, string>> = {
  id: 'office-work',
  level: '3',
  version: '1',
  time: '45m',
  pass: '70%',
  valid_for: '2y',
  archive_after: '1y',
  wait: '14d',
  weight: '30%',
  floor: '50%',
  keep: '6mo',
  min_pool: '3x',
  overlap: '50%',
  own_overlap: '20%',
  locale: 'ja',
  locales: '[ja, en]',
  'review-by': '2027-03-31',
}

/**
 * Reads frontmatter against a schema. Anchors and aliases are refused (a few lines of them unfold into gigabytes), keys
 * the schema does not know are errors, and every problem is reported where it stands.
 */
export function readYaml<T>(
  frontmatter: Frontmatter,
  schema: z.ZodType<T>,
  language: Language,
  report: Report,
): { value: T; placeOf: (path: readonly PropertyKey[]) => Place } | undefined {
  const top = { line: frontmatter.line, column: 1 }
  if (frontmatter.yaml.length > LONGEST_FRONTMATTER) return refused(report, top, say('finding.frontmatterTooLong'))
  if (depthOf(frontmatter.yaml) > DEEPEST) return refused(report, top, say('finding.frontmatterTooDeep'))
  const counter = new LineCounter()
  const document = parseDocument(frontmatter.yaml, {
    lineCounter: counter,
    schema: 'core',
    logLevel: 'silent',
    uniqueKeys: true,
    prettyErrors: false,
  })
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { line: line + frontmatter.line, column: col }
  }
  for (const problem of document.errors)
    report(
      placeAt(problem.pos[0]),
      error(
        'frontmatter/yaml',
        say('finding.frontmatterUnreadable', { message: problem.message }),
        say('advice.checkIndent'),
      ),
    )
  let anchors = document.errors.length
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && !('anchor' in node && node.anchor)) return
      anchors += 1
      report(
        placeAt(node.range?.[0] ?? 0),
        error('frontmatter/alias', say('finding.yamlAlias'), say('advice.writeValue')),
      )
    },
  })
  if (anchors > 0) return undefined
  const placeOf = (path: readonly PropertyKey[]): Place => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as Node | undefined
      if (node?.range) return placeAt(node.range[0])
    }
    return top
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }), { error: SAID_BY_ZOD[language]().localeError })
  if (parsed.success) return { value: parsed.data, placeOf }
  for (const issue of parsed.error.issues) {
    const name = issue.path.join('.') || 'frontmatter'
    const example = EXAMPLES[String(issue.path.at(-1))]
    report(
      placeOf(issue.path),
      error(
        'frontmatter/value',
        say('finding.frontmatterValue', { name, problem: issue.message }),
        example === undefined
          ? undefined
          : say('advice.writeLike', { example: `${String(issue.path.at(-1))}: ${example}` }),
      ),
    )
  }
  return undefined
}

function refused(report: Report, at: Place, message: Said): undefined {
  report(at, error('frontmatter/limits', message))
  return undefined
}
