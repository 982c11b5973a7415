import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** What a newcomer sees first. A tool's file stands beside what it serves: in `test/`, `migrations/` or `package.json`. */
const TOP_LEVEL = [
  '.ci',
  '.github',
  '.gitignore',
  '.npmrc',
  'LICENSE',
  'README.md',
  'biome.json',
  'exams',
  'migrations',
  'package-lock.json',
  'package.json',
  'src',
  'test',
  'tsconfig.json',
  'wrangler.toml',
]

it('the top of the repository holds these files and folders, and no others', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  })
  expect(
    [...new Set(files.split('\0').flatMap((path) => path.split('/', 1)))].filter((name) => name !== '').sort(),
  ).toEqual(TOP_LEVEL)
})
