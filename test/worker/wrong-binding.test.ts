import { expect, it } from 'vitest'
import { d1Door, openD1 } from '../support/d1-door.ts'
import { deployment, openDeployedWorker } from '../support/deployed-worker.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { migrateD1 } from '../support/migration-statements.ts'
import { openMiniflare } from '../support/open-miniflare.ts'
import { testEnvironment } from '../support/test-settings.ts'

it('a Worker with wrong bindings names all of them in one line, without their values, and answers 500', async () => {
  const lines: string[] = []
  const wrong = { KENTEI_ORIGIN: 's3cret', KENTEI_KEYS: '{"s3cret', KENTEI_SESSION_SECRET: undefined }
  const environment = Object.fromEntries(
    Object.entries({ ...(await testEnvironment()), ...wrong }).filter(([, value]) => value !== undefined),
  )
  const { miniflare } = await openDeployedWorker(
    environment,
    () => new Response(null, { status: 404 }),
    (line) => lines.push(line),
  )
  try {
    const answer = await miniflare.dispatchFetch(`${PLUGIN}/api/exams`)
    expect([answer.status, await answer.json()]).toEqual([500, expect.objectContaining({ code: 'internal' })])
    await expect.poll(() => lines).toHaveLength(1)
    const line = JSON.parse(lines[0] ?? '')
    expect(line).toMatchObject({ event: 'settings-wrong', status: 500 })
    expect(line.reason).toMatch(
      /^KENTEI_ORIGIN: an origin[^;]*; KENTEI_KEYS: not JSON; KENTEI_SESSION_SECRET: it is missing \(.*#settings\)$/,
    )
    expect(Object.keys(line)).not.toContain('at')
    expect(lines[0]).not.toContain('s3cret')
  } finally {
    await miniflare.dispose()
  }
})

it('a Worker whose erasure secret made no tombstone of its database names it and answers 500; with the old one behind it, it serves', async () => {
  const lines: string[] = []
  const [made, code] = [await testEnvironment(), await deployment({ draws: false })]
  const [first, other] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string]
  const workers = Object.entries({ kentei: first, lost: other, changed: `${other} ${first}` }).map(
    ([name, secret]) => ({
      name,
      ...code,
      bindings: { ...made, KENTEI_ERASURE_SECRET: secret } as Record<string, string>,
      d1Databases: { DB: 'DB' },
    }),
  )
  const miniflare = openMiniflare({
    workers: [...workers, d1Door('DB')],
    handleStructuredLogs: ({ message }: { message: string }) => lines.push(message),
  } as never)
  try {
    await miniflare.ready
    await migrateD1(await openD1(miniflare, 'DB'))
    const ask = async (worker: string) =>
      (await (await miniflare.getWorker(worker)).fetch(`${PLUGIN}/api/exams`)).status
    expect([await ask('kentei'), await ask('lost'), await ask('changed'), await ask('kentei')]).toEqual([
      401, 500, 401, 401,
    ])
    await expect.poll(() => lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'settings-wrong',
      reason: expect.stringMatching(/^KENTEI_ERASURE_SECRET: .*records\.md#erasure/),
    })
    expect(lines[0]).not.toContain(other)
  } finally {
    await miniflare.dispose()
  }
})
