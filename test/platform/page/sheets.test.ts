import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const KIT = 'platform/page'

async function textsOf(folders: readonly string[], ending: RegExp): Promise<readonly string[]> {
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join('src', folder), { recursive: true })).map((file) => join('src', folder, file)),
    ),
  )
  return Promise.all(
    files
      .flat()
      .filter((file) => ending.test(file))
      .map((file) => readFile(file, 'utf8')),
  )
}

/** Classes of a sheet's selectors. */
const classesIn = (css: string): readonly string[] =>
  [...css.replaceAll(/\/\*.*?\*\/|"[^"]*"|'[^']*'/gs, '').matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name)

describe.each([
  // what the compilers of Markdown write stands on pages too
  ['the plugin', ['web', 'desk', 'cli/preview'], ['item', 'authoring', 'credential', 'docs']],
  ['the marketplace', ['sandbox'], []],
])('the sheets of %s', (_, own, writers) => {
  it('name no class that no code of its pages writes, nor does the kit', async () => {
    const code = (await textsOf([...own, ...writers, KIT], /[.]tsx?$/)).join('\n')
    const words = new Set(code.match(/[a-z][\w-]*/gi))
    const sheets = await textsOf([...own, KIT], /[.]css$/)
    expect(sheets.length).toBeGreaterThan(10)
    expect([...new Set(sheets.flatMap(classesIn))].filter((name) => !words.has(name))).toEqual([])
  })
})
