import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The rules of `npm run check`, run over a house in which somebody wrote markup by another way.

let house: string
beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'kentei-house-'))
  await symlink(resolve('node_modules'), join(house, 'node_modules'))
  await mkdir(join(house, 'test'))
  for (const file of ['biome.json', 'test/rooms.cjs', 'package.json', 'tsconfig.json']) await copyFile(file, join(house, file))
})
afterAll(() => rm(house, { recursive: true, force: true }))

const run = (program: string, args: readonly string[]) =>
  new Promise<string>((done) => execFile(join('node_modules/.bin', program), args, { cwd: house }, (_, stdout, stderr) => done(`${stdout}${stderr}`)))

async function write(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(house, path)), { recursive: true })
  await writeFile(join(house, path), source)
}

describe('npm run check', () => {
  it('names whoever writes markup as it stands', async () => {
    const raw = "import { raw } from 'hono/html'\nexport const show = (text: string) => raw(text)\n"
    const paths = ['src/web/staff/new-page.tsx', 'src/web/candidate/new-page.tsx', 'src/sandbox/pages/new-page.tsx', 'src/platform/page/new-page.tsx', 'src/web/api/new-page.tsx']
    for (const path of paths) await write(path, raw)
    await write('src/web/public/other.tsx', "import * as html from 'hono/html'\nexport const show = html.raw\n")
    await write('src/web/staff/third.tsx', "import { raw } from 'hono/utils/html'\nexport const show = raw\n")
    await write('src/web/ui/compiled.tsx', 'export const Compiled = () => null\n')
    await write('src/web/staff/fourth.tsx', "import { Compiled } from '../ui/compiled.tsx'\nexport const Fourth = Compiled\n")
    const said = await run('depcruise', ['src', '--config', 'test/rooms.cjs'])
    for (const path of [...paths, 'src/web/public/other.tsx', 'src/web/staff/third.tsx']) expect(said).toContain(`raw-markup: ${path}`)
    expect(said).toContain('compiled-html-is-shown-by: src/web/staff/fourth.tsx')
  })

  it('refuses inner HTML and forms that no policy knows of', async () => {
    await write('src/cli/preview/inner.tsx', 'export const Inner = ({ text }: { text: string }) => <p dangerouslySetInnerHTML={{ __html: text }} />\n')
    await write('src/sandbox/pages/form.tsx', 'export const Own = () => <form method="post" action="/x" />\n')
    const said = await run('biome', ['lint', '--vcs-enabled=false', 'src'])
    expect(said).toContain('src/cli/preview/inner.tsx')
    expect(said).toContain('lint/security/noDangerouslySetInnerHtml')
    expect(said).toContain('lint/correctness/noRestrictedElements')
  })
})
