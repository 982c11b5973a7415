import { expect, it } from 'vitest'
import { openDeployedWorker } from '../support/deployed-worker.ts'
import { PLUGIN } from '../support/fake-market.ts'
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
