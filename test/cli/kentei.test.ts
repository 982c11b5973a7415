import { mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { importJWK, jwtVerify } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { readBundle } from '../../src/web/read-bundle.ts'
import { bankMd, examMd, NOW, SINGLE } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'
import { manuscript } from '../support/manuscript.ts'

const { path, read, write, kentei, out, err, printed, env, stop } = terminalOfEachTest({ waits: true })

const bank = (text: string) => write('exams/demo/office.ja.md', bankMd(text))

beforeEach(async () => {
  await write('exams/demo/exam.md', examMd())
  await bank(SINGLE)
})

describe('kentei check', () => {
  it('ends with 0 for a sound exam', async () => {
    expect(await kentei('check')).toBe(0)
    expect(out).toEqual([])
    expect(err).toEqual(['1問：エラー 0、警告 0'])
  })

  it('ends with 1 and one line per problem', async () => {
    await bank(SINGLE.replace('- [x] 【', '- [ｘ] 【'))
    expect(await kentei('check', 'exams/demo')).toBe(1)
    expect(out).toContain(
      'office.ja.md:17:3 error option/checkbox 「[ｘ]」は選択肢の印ではありません ⇒ 半角で「- [x] 」または「- [ ] 」と書き、後に半角の空白を入れてください',
    )
  })

  it('speaks English, JSON, SARIF and GitHub', async () => {
    await bank(SINGLE.replace('- [x] 【', '- [ｘ] 【'))
    await kentei('check', '--format', 'json', '--lang', 'en')
    const [first] = JSON.parse(out.join('\n')).filter((found: { rule: string }) => found.rule === 'option/checkbox')
    expect(first).toMatchObject({
      file: 'exams/demo/office.ja.md',
      line: 17,
      column: 3,
      severity: 'error',
      message: '"[ｘ]" is not an option mark',
    })
    await kentei('check', '--format=sarif')
    const sarif = JSON.parse(out.join('\n'))
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'kentei' } } }] })
    expect(sarif.runs[0].results.map((result: { locations: unknown[] }) => result.locations[0])).toContainEqual({
      physicalLocation: {
        artifactLocation: { uri: 'exams/demo/office.ja.md' },
        region: { startLine: 17, startColumn: 3 },
      },
    })
    const checkbox = sarif.runs[0].tool.driver.rules.find((rule: { id: string }) => rule.id === 'option/checkbox')
    expect(checkbox).toMatchObject({
      shortDescription: { text: '選択肢の印' },
      help: { markdown: expect.stringContaining('## 直した書き方') },
    })
    await kentei('check', '--format', 'github')
    expect(out.join('\n')).toContain('::error file=exams/demo/office.ja.md,line=17,col=3,title=option/checkbox::')
  })

  it('ends with 2 for what it does not understand', async () => {
    for (const args of [
      ['chekc'],
      ['check', 'nowhere'],
      ['check', '--fromat', 'json'],
      ['check', '--format', 'xml'],
      ['check', '--lang', 'fr'],
      ['keys', 'steal'],
      ['preview', '--port', 'x'],
      [],
    ])
      expect(await kentei(...args)).toBe(2)
  })

  it('refuses symbolic links, circles included', async () => {
    await symlink(path('exams/demo'), path('exams/demo/again'))
    await symlink('/etc/passwd', path('exams/demo/mail.ja.md'))
    await mkdir(path('exams/demo/assets'))
    await symlink('..', path('exams/demo/assets/up'))
    expect(await kentei('check')).toBe(1)
    expect(out.join('\n').match(/file\/symlink/g)).toHaveLength(3)
    await symlink(path('exams/demo'), path('linked'))
    expect(await kentei('check', 'linked')).toBe(1)
    expect(printed.join('\n')).not.toContain('root:')
  })
})

describe('kentei fmt', () => {
  it('only tells with --check, then rewrites, then has nothing to do', async () => {
    const loose = bankMd(SINGLE.replace('`単一` `難易度2`', '`difficulty 2`  `single`').replace('- [x]', '* [X]'))
    await write('exams/demo/office.ja.md', loose)
    expect(await kentei('fmt', '--check')).toBe(1)
    expect(out).toEqual(['exams/demo/office.ja.md'])
    expect(await read('exams/demo/office.ja.md')).toBe(loose)
    expect(await kentei('fmt')).toBe(0)
    expect(await read('exams/demo/office.ja.md')).toContain('`単一` `難易度2`')
    expect(await kentei('fmt', '--check')).toBe(0)
  })
})

describe('kentei lock', () => {
  it('records live items and refuses a change under the same version', async () => {
    expect(await kentei('lock')).toBe(0)
    const lock = await read('exams/demo/items.lock.json')
    expect(JSON.parse(lock).items['office-001']).toEqual([
      { v: 1, status: 'live', what: 'new', on: '2026-11-24', hash: { ja: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ])
    await bank(SINGLE.replace('いつも', 'いつでも'))
    expect(await kentei('lock')).toBe(1)
    expect(out.join('\n')).toContain('item/version')
    expect(await read('exams/demo/items.lock.json')).toBe(lock)
  })
})

describe('kentei publish', () => {
  it('hands a sound bank in, with the name of whose work it is, and locks it', async () => {
    const seen: { url?: string | undefined; token?: string | undefined; body: string }[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      seen.push({ url: request.url, token: request.headers.authorization, body })
      if (seen.length === 1)
        response.writeHead(201).end('{"state":"waiting","url":"https://kentei.example/staff/proposals/prp_1"}')
      else response.writeHead(403).end('no')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await kentei('publish', '--to', origin)).toBe(2)
    env.KENTEI_SERVICE_TOKEN = 'token'
    expect(await kentei('publish', '--to', origin)).toBe(2)
    expect(err.join('\n')).toContain('--as')
    expect(await kentei('publish', '--to', origin, '--as', 'aut_1', '--note', '題名を直した')).toBe(0)
    expect(seen[0]).toMatchObject({
      url: `/admin/exams?${new URLSearchParams({ note: '題名を直した', author: 'aut_1' })}`,
      token: 'Bearer token',
    })
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      bank: { exam: { id: 'demo' }, hash: expect.any(String) },
      files: expect.arrayContaining([{ path: 'exam.md', text: expect.any(String) }]),
    })
    expect(JSON.parse(seen[0]?.body ?? '').lint).toBeUndefined()
    expect(out.join('\n')).toContain('https://kentei.example/staff/proposals/prp_1')
    expect((await stat(path('exams/demo/items.lock.json'))).isFile()).toBe(true)
    delete env.KENTEI_SERVICE_TOKEN
    env.KENTEI_SESSION = 'session'
    expect(await kentei('publish', '--to', origin)).toBe(1)
    expect(seen[1]).toMatchObject({ url: '/admin/exams', token: 'Bearer session' })
    expect(await kentei('publish', '--to', 'http://market.example')).toBe(2)
    await bank(SINGLE.replace('- [x]', '- [ｘ]'))
    expect(await kentei('publish', '--to', origin)).toBe(1)
    expect(seen).toHaveLength(2)
    server.close()
  })

  it('signs with the author key alone, where no other key is, and repeats the warning of the service', async () => {
    await kentei('keys', 'generate')
    await kentei('keys', 'generate', '--use', 'author', '--as', 'aut_ben', '--to', 'ben.json')
    await rm(path('.data'), { recursive: true })
    const [{ jwk }] = JSON.parse(await read('ben.json'))
    const seen: (string | undefined)[] = []
    const server = createServer(async (request, response) => {
      for await (const _ of request);
      seen.push(request.url, request.headers.authorization)
      response
        .writeHead(201)
        .end(
          '{"state":"waiting","url":"https://kentei.example/staff/proposals/prp_1","warning":{"code":"public-bank","live":4,"shipped":3,"standing":"public"}}',
        )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await kentei('publish', '--to', origin, '--lang=en')).toBe(2)
    expect(err.at(-1)).toContain('author-key.json is not there')
    expect(await kentei('publish', '--to', origin, '--lang=en', '--key', 'ben.json'), err.join()).toBe(0)
    server.close()
    const [url, authorization = ''] = seen
    // whose work it is stands on record with the key
    expect(url).toBe('/admin/exams')
    const { d, ...publicJwk } = jwk
    const { payload, protectedHeader } = await jwtVerify(
      authorization.replace('Bearer ', ''),
      await importJWK({ ...publicJwk, use: undefined }, 'ES256'),
      {
        audience: origin,
        currentDate: new Date(NOW),
      },
    )
    expect([payload.scope, protectedHeader.kid]).toEqual(['exams:publish', jwk.kid])
    expect(err.at(-1)).toContain('3 of 4 live items come with Kentei')
  })

  it('writes a bundle that the service takes', async () => {
    expect(await kentei('publish', '--out', 'bundles')).toBe(0)
    const text = await readFile(/ → (.*)$/.exec(out.at(-1) ?? '')?.[1] ?? '', 'utf8')
    expect(await readBundle(text, undefined)).toMatchObject({ ok: true, value: { bank: { exam: { id: 'demo' } } } })
    expect(await kentei('publish', '--out', 'bundles', '--to', 'https://kentei.example')).toBe(2)
    await bank(SINGLE.replace('- [x]', '- [ｘ]'))
    expect(await kentei('publish', '--out', 'others')).toBe(1)
    expect(await readdir(path('others'))).toEqual([])
  })
})

describe('kentei preview', () => {
  it('shows items beside their keys on the loopback interface only, and reloads', async () => {
    const done = kentei('preview', '--port', '0')
    await expect.poll(() => out[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    const url = out[0] as string
    const page = await fetch(url)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await page.text()
    expect(html).toContain('office-001')
    const candidate = /<div class="candidate js">(.*?)<details class="secret"/s.exec(html)?.[1] ?? ''
    expect(candidate.replaceAll('<wbr>', '')).toContain('件名として')
    expect(candidate).not.toContain('二つ目です')
    expect(candidate).not.toMatch(/checked|\[x\]/)
    expect(html).not.toMatch(/style="|<script>|onclick/)
    expect((await fetch(`${url}nope`)).status).toBe(404)
    const rule = await (await fetch(`${url}rules/option/checkbox`)).text()
    expect(rule).toMatch(/<h1>選択肢の印<\/h1>[\s\S]*- \[ｘ\] 赤いペン[\s\S]*- \[x\] 赤いペン/)
    expect(await (await fetch(`${url}rules/option/checkbox?lang=en`)).text()).toMatch(
      /<h1>Option marks<\/h1>[\s\S]*- \[ｘ\] a red pen/,
    )
    expect((await fetch(`${url}rules/option/chekbox`)).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
    // a page on the web that points its own name here reads neither keys nor what changes
    const port = Number(new URL(url).port)
    const under = (host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path, setHost: false, headers: { host } }, (answer) =>
          resolve(answer.destroy().statusCode),
        )
        asked.on('error', reject).end()
      })
    for (const path of ['/', '/events', '/outline', '/tasks']) {
      for (const host of [
        `evil.example:${port}`,
        `localhost.evil.example:${port}`,
        'localhost',
        `localhost:${port + 1}`,
      ])
        expect([path, host, await under(host, path)]).toEqual([path, host, 421])
      expect([path, await under(`localhost:${port}`, path)]).toEqual([path, 200])
    }
    expect(await under(`localhost:${port}`, `http://evil.example:${port}/`)).toBe(421)
    const events = (await fetch(`${url}events`)).body?.getReader()
    await events?.read()
    await bank(SINGLE.replace('いつも', 'いつでも'))
    expect(new TextDecoder().decode((await events?.read())?.value)).toContain('event: change')
    // a save that empties the file first is seen twice
    const shown = async () => (await fetch(url)).text()
    await expect.poll(shown).toContain('いつでも')
    await bank(SINGLE.replace('- [x] 【', '- [ｘ] 【'))
    await expect.poll(shown).toContain('<a href="/rules/option/checkbox">')
    stop()
    expect(await done).toBe(0)
  })
})

describe('the pages of kentei preview', () => {
  it('change the print of no card but the saved one, and answer trial papers without inline style or script', async () => {
    await bank(`${SINGLE}\n${SINGLE.replace('office-001', 'office-002').replace('いつも', 'たまに')}`)
    const done = kentei('preview', '--port', '0')
    await expect.poll(() => out[0]).toMatch(/^http/)
    const url = out[0] as string
    const prints = async () =>
      ((await (await fetch(`${url}outline`)).json()) as { cards: { id: string; print: string }[] }).cards.map(
        ({ id, print }) => `${id} ${print}`,
      )
    const before = await prints()
    expect(before.map((line) => line.split(' ')[0])).toEqual(['office-001', 'office-002'])
    expect(await (await fetch(`${url}card?id=office-001`)).text()).toContain('data-type="single"')
    expect((await fetch(`${url}card?id=office-999`)).status).toBe(404)
    const events = (await fetch(`${url}events`)).body?.getReader()
    await events?.read()
    await bank(`${SINGLE}\n${SINGLE.replace('office-001', 'office-002').replace('いつも', 'ときどき')}`)
    await events?.read()
    const after = await prints()
    expect(after[0]).toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    const papers = await (await fetch(`${url}papers`)).text()
    expect(papers).toMatch(/<title id="overlap-title">|class="note bad"/)
    expect(papers).not.toMatch(/style="|<script>|onclick/)
    stop()
    expect(await done).toBe(0)
  })

  it('show five drawings of a task as it is saved, its keys folded, and what a simulated candidate scores on each', async () => {
    const done = kentei('preview', '--port', '0')
    await expect.poll(() => out[0]).toMatch(/^http/)
    const tasks = async (query = '') => (await fetch(`${out[0]}tasks${query}`)).text()
    expect(await tasks()).toContain('実技の課題はまだありません')
    // the folder of tasks is not there when the preview starts
    await write('exams/demo/tasks/small-draft.ja.md', manuscript('椅子は{{以外', 1).replace('web-writer', 'demo'))
    await expect.poll(() => tasks()).toContain('tasks/small-draft.ja.md')
    expect(await tasks()).toContain('class="note bad"')
    const text = '椅子は{{以外|意外 #nk-3}}に重い品です。水曜日{{=以外}}は開きます。'
    await write('exams/demo/tasks/small-draft.ja.md', manuscript(text, 1).replace('web-writer', 'demo'))
    await expect.poll(() => tasks()).toContain('data-part="key-5"')
    const shown = await tasks()
    expect(shown.match(/<details class="secret" data-part="key-\d"( open)?>/g)).toEqual(
      [1, 2, 3, 4, 5].map((number) => `<details class="secret" data-part="key-${number}">`),
    )
    expect(shown).not.toMatch(/style="|<script>|onclick/)
    const scores = async (bot: string) =>
      [...(await tasks(`?bot=${bot}`)).matchAll(/<b class="num">(\d\.\d\d)<\/b>/g)].map(([, score]) => score)
    expect(await scores('perfect')).toEqual(Array(5).fill('1.00'))
    expect(await scores('change-everything')).toEqual(Array(5).fill('0.00'))
    expect(await tasks('?bot=change-everything')).toContain('look-alike')
    expect(await tasks('?from=6')).toContain('id="trial-10"')
    stop()
    expect(await done).toBe(0)
  })
})
