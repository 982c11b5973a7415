import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkFolder } from '../../src/cli/check-folder.ts'
import { openKeyRing } from '../../src/credential/keys.ts'
import { contentSignedBy, signAnew } from '../../src/credential/sign-credential.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { StoredKey } from '../../src/world/settings.ts'
import { built } from '../support/built.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { sit } from './candidate.ts'

const HOLDERS = ['wrk_001', 'wrk_002', 'wrk_003']
const PATIENCE_MS = 180_000

let folder: string
let place: string
let bank: Bank
let service: ServiceProcess

beforeAll(async () => {
  await built()
  folder = await mkdtemp(join(quickFolder, 'kentei-leak-'))
  place = resolve('node_modules/.cache/kentei-test', `leak-${process.pid}`)
  for (const name of ['dist', 'migrations']) await cp(name, join(place, name), { recursive: true })
  await cp('test/support/tiny-exam', join(folder, 'exams/tiny'), { recursive: true })
  const { compiled, diagnostics } = await checkFolder(join(folder, 'exams/tiny'), { now: Date.now(), language: 'en' })
  if (!compiled.bank) throw new Error(JSON.stringify(diagnostics))
  bank = compiled.bank
  service = await ServiceProcess.open({
    entry: join(place, 'dist/node.mjs'),
    dataFolder: join(folder, '.data'),
    examsFolder: join(folder, 'exams'),
  })
})
afterAll(async () => {
  await service?.stop()
  for (const path of [folder, place]) await rm(path, { recursive: true, force: true })
})

/** The commands of a chapter of the operators' document, as they stand there. */
async function commandsOf(section: string): Promise<string[][]> {
  const document = await readFile('src/docs/en/operate.md', 'utf8')
  const block = /```sh\n([\s\S]*?)```/.exec(document.slice(document.indexOf(section)))?.[1] ?? ''
  return block
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, command] = /^npm run kentei -- (.*)$/.exec(line) ?? []
      if (command === undefined) throw new Error(`the document has a step that is not rehearsed: ${line}`)
      return command.split(/\s+/)
    })
}

const run = async (args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(place, 'dist/kentei.mjs'), ...args, '--lang=en'], { cwd: folder }))
    .stdout
const tokenOf = async (credential: string) =>
  (await service.ask('GET', `${service.plugin}/credentials/${credential}.jwt`)).text
const judge = async (credential: string) =>
  (await service.ask('POST', `${service.plugin}/api/credentials/verify`, { body: { credential } })).json
const verdict = async (token: string): Promise<string> => (await judge(token)).verdict
const shown = async (worker: string) =>
  (await service.ask('GET', `${service.sandbox}/api/workers/${worker}`)).json.badges as {
    credential: string
    status: string
    version: number
  }[]

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(50))
    if (Date.now() > end) throw new Error(`it never came to pass: ${what}`)
}

it('a leak is over with the commands of the documents: holders keep their badges, the thief has nothing, and the service never stops', async () => {
  const held = await Promise.all(
    HOLDERS.map(
      async (worker) =>
        JSON.parse((await sit(service, { worker, bank, rightItems: 6, submits: true })).result ?? '{}')
          .credential as string,
    ),
  )
  const tokens = await Promise.all(held.map(tokenOf))
  await until('the marketplace shows all badges', async () =>
    (await Promise.all(HOLDERS.map(shown))).every((badges) => badges[0]?.status === 'active'),
  )
  for (const token of tokens) expect(await verdict(token)).toBe('valid')

  const versions = (await Promise.all(HOLDERS.map(shown))).map((badges) => badges[0]?.version as number)

  // the thief copied the file and signs what he likes
  const stolen = JSON.parse(await readFile(join(folder, '.data/keys.json'), 'utf8')) as StoredKey[]
  const thief = await openKeyRing(service.plugin, stolen)
  const wished = { ...(await contentSignedBy(tokens[0] as string, thief)), name: '名人' }
  const forge = () => signAnew(`x.${Buffer.from(JSON.stringify(wished)).toString('base64url')}.x`, thief)
  const forged = await forge()
  expect(await judge(forged)).toMatchObject({
    verdict: 'invalid',
    checks: Array(6).fill({ outcome: 'passed' }).concat({ check: 'record', code: 'differs-from-record' }),
  })

  const kid = String(stolen.find(({ use, state }) => use === 'credential' && state === 'active')?.jwk.kid)
  const [first, ...steps] = await commandsOf('## When a key leaks')
  expect((await run(first as string[])).split('\n').find((line) => line.includes(kid))).toContain('3 badges')
  for (const step of steps.slice(0, -1)) await run(step.map((word) => (word === '<kid>' ? kid : word)))

  await until('the key of the forged badge is refused', async () => (await judge(forged)).checks.at(-1).check === 'key')
  expect((await judge(forged)).checks.at(-1)).toMatchObject({
    check: 'key',
    detail: 'The key was blocked by its issuer.',
  })
  await until('every badge is signed anew', async () =>
    (
      await Promise.all(
        held.map(async (id) => !(await tokenOf(id)).startsWith((tokens[0] as string).split('.')[0] as string)),
      )
    ).every(Boolean),
  )
  const anew = await Promise.all(held.map(tokenOf))
  for (const [n, token] of anew.entries()) {
    expect(await verdict(token)).toBe('valid')
    expect(token.split('.')[1]).toBe((tokens[n] as string).split('.')[1])
    expect(await verdict(tokens[n] as string)).toBe('invalid')
  }
  expect(await verdict(await forge())).toBe('invalid')

  const published = JSON.stringify([
    (await service.ask('GET', `${service.plugin}/.well-known/jwks.json`)).json,
    (await service.ask('GET', `${service.plugin}/.well-known/did.json`)).json,
  ])
  expect(published).not.toContain(kid)
  expect(published).toContain(String(decodeProtectedHeader(anew[0] as string).kid))
  expect(decodeProtectedHeader((await service.ask('GET', `${service.plugin}/status/1`)).text).kid).toBe(
    decodeProtectedHeader(anew[0] as string).kid,
  )
  const afterwards = await run(steps.at(-1) as string[])
  expect(afterwards.split('\n').find((line) => line.includes(kid))).toMatch(/blocked.*stays blocked/)
  expect(afterwards).toContain('3 badges')
  expect(afterwards).not.toMatch(new RegExp(`${kid}.*badges`))

  // it verifies what it takes: a higher version means that it has the new token and found it good
  await until('the marketplace has the new tokens', async () =>
    (await Promise.all(HOLDERS.map(shown))).every(
      ([badge], n) => badge?.status === 'active' && badge.version > (versions[n] as number),
    ),
  )
  expect(service.serverErrors).toBe(0)
}, 600_000)
