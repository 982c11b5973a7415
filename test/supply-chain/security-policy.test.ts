import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Every requirement of OWASP ASVS 5.0.0 with its level, in order. */
const requirements = readFileSync(new URL('asvs-5.0.0.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(' ') as [id: string, level: string])
const order = new Map(requirements.map(([id], at) => [id, at]))

const chapters = [
  'V1 Encoding and Sanitization',
  'V2 Validation and Business Logic',
  'V3 Web Frontend Security',
  'V4 API and Web Service',
  'V5 File Handling',
  'V6 Authentication',
  'V7 Session Management',
  'V8 Authorization',
  'V9 Self-contained Tokens',
  'V10 OAuth and OIDC',
  'V11 Cryptography',
  'V12 Secure Communication',
  'V13 Configuration',
  'V14 Data Protection',
  'V15 Secure Coding and Architecture',
  'V16 Security Logging and Error Handling',
  'V17 WebRTC',
]

const policy = readFileSync('.github/SECURITY.md', 'utf8')

interface Line {
  readonly chapter: string
  readonly ids: readonly string[]
  readonly heldBy: string
  readonly text: string
}

/** The requirements that `1.2.3, 1.2.5–1.2.7` names. */
function idsOf(cell: string): string[] {
  return cell.split(', ').flatMap((part) => {
    const [from = '', to = from] = part.split('–')
    const [first, last] = [order.get(from), order.get(to)]
    if (first === undefined || last === undefined || last < first)
      throw new Error(`no requirement of ASVS 5.0.0: ${part}`)
    return requirements.slice(first, last + 1).map(([id]) => id)
  })
}

const lines: readonly Line[] = policy
  .split(/^### /m)
  .slice(1)
  .flatMap((section) => {
    const chapter = section.slice(0, section.indexOf('\n'))
    return [...section.matchAll(/^\| (\d[^|]*) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
      ([text, ids = '', , heldBy = '']) => ({ chapter, ids: idsOf(ids), heldBy, text }),
    )
  })

describe('SECURITY.md', () => {
  it('has a table for each chapter of ASVS 5, every line under the chapter of its requirements', () => {
    expect([...policy.matchAll(/^### (.+)$/gm)].map(([, chapter]) => chapter)).toEqual(chapters)
    expect(
      lines
        .filter(({ chapter, ids }) =>
          ids.some((id) => `V${id.slice(0, id.indexOf('.'))}` !== chapter.slice(0, chapter.indexOf(' '))),
        )
        .map(({ text }) => text),
    ).toEqual([])
    // a row that is not read would be a claim that nobody checks
    expect(lines).toHaveLength([...policy.matchAll(/^\| \d/gm)].length)
  })

  it('leaves no requirement of level 1 or 2 out', () => {
    const named = new Set(lines.flatMap(({ ids }) => ids))
    expect(requirements.filter(([id, level]) => level !== '3' && !named.has(id)).map(([id]) => id)).toEqual([])
  })

  it('names tests that exist, or says why there is none', () => {
    for (const { heldBy, text } of lines) {
      if (['`npm run check`', 'none here', 'operator', 'open'].includes(heldBy)) continue
      expect(heldBy, text).toMatch(/^`test\/[\w/.-]+\.test\.tsx?`(, `test\/[\w/.-]+\.test\.tsx?`)*$/)
      for (const [, path = ''] of heldBy.matchAll(/`([^`]+)`/g)) expect(existsSync(path), `${path}: ${text}`).toBe(true)
    }
  })

  it('says how to report, what is promised and what is not covered, and invents no address', () => {
    for (const heading of [
      'How to report',
      'What is promised',
      'What is held, and by which test',
      'What is not covered',
    ])
      expect(policy).toContain(`\n## ${heading}\n`)
    expect(policy).toContain('Report a vulnerability')
    expect(policy).not.toMatch(/[\w.]+@[\w.]+\.\w|mailto:/)
  })
})
