import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { days, plus } from '../../src/kernel/instant.ts'
import { readSettings } from '../../src/world/settings.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'
import { openMarket } from '../support/sandbox/open-market.ts'
import { testEnvironment } from '../support/test-settings.ts'

const CONTACTS = 'mailto:security@kentei.example https://kentei.example/report'
let open: FixedWorld
let market: Awaited<ReturnType<typeof openMarket>>
const contactsOf = async (KENTEI_SECURITY_CONTACT?: string) =>
  readSettings(await testEnvironment({ KENTEI_SECURITY_CONTACT })).securityContacts
const name = (contacts: readonly string[]) => Object.assign(open.world.settings, { securityContacts: contacts })

beforeAll(async () => {
  open = await fixedWorld()
  market = await openMarket()
})
afterAll(async () => {
  await open.close()
  await market.close()
})

/** Fields by name, several values each. */
function fieldsOf(text: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const line of text.trimEnd().split('\n')) {
    const [, field = '', value = ''] = /^([A-Za-z-]+): (\S.*)$/.exec(line) ?? []
    expect(field, line).not.toBe('')
    fields[field] = [...(fields[field] ?? []), value]
  }
  return fields
}

describe('security.txt', () => {
  it('has the fields of RFC 9116, the contacts in the order of the setting', async () => {
    name(await contactsOf(CONTACTS))
    const { status, headers, text } = await open.call('GET', '/.well-known/security.txt')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(fieldsOf(text)).toEqual({
      Contact: ['mailto:security@kentei.example', 'https://kentei.example/report'],
      Expires: ['2027-05-24T00:00:00.000Z'],
      'Preferred-Languages': ['ja, en'],
      Canonical: [`${PLUGIN}/.well-known/security.txt`],
      Policy: [`${PLUGIN}/about/security`],
    })
  })

  it('never expires while it is served, and less than a year ahead', async () => {
    open.clock.now = plus(NOON, days(1_000))
    const [expires = ''] = fieldsOf((await open.call('GET', '/.well-known/security.txt')).text).Expires ?? []
    open.clock.now = NOON
    expect(Date.parse(expires)).toBeGreaterThan(plus(NOON, days(1_000)))
    expect(Date.parse(expires)).toBeLessThan(plus(NOON, days(1_365)))
  })

  it('names the page about reports where the operator has set no address', async () => {
    name(await contactsOf())
    expect(fieldsOf((await open.call('GET', '/.well-known/security.txt')).text).Contact).toEqual([
      `${PLUGIN}/about/security`,
    ])
  })

  it('of the reference marketplace names its own address and the same page', async () => {
    const { headers, text } = await market.call('GET', '/.well-known/security.txt')
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const policy = `${market.world.settings.pluginOrigin}/about/security`
    expect(fieldsOf(text)).toMatchObject({
      Contact: [policy],
      Canonical: [`${market.world.settings.origin}/.well-known/security.txt`],
      Policy: [policy],
    })
  })
})

describe('the page about reports', () => {
  it('names the contacts, for whoever is not signed in, in both languages', async () => {
    name(await contactsOf(CONTACTS))
    for (const lang of ['ja', 'en']) {
      const { status, text } = await open.call('GET', `/about/security?lang=${lang}`)
      expect(status).toBe(200)
      expect(text).toContain('href="mailto:security@kentei.example"')
      expect(text).toContain('href="https://kentei.example/report"')
    }
  })

  it('leads to the marketplace where there are none', async () => {
    name([])
    expect((await open.call('GET', '/about/security?lang=en')).text).toContain(
      `href="${open.world.settings.marketplace.origin}"`,
    )
  })
})

describe('KENTEI_SECURITY_CONTACT', () => {
  it('is read as addresses with white space between them', async () => {
    expect(await contactsOf('mailto:a@b.example\n tel:+81-3-0000-0000')).toEqual([
      'mailto:a@b.example',
      'tel:+81-3-0000-0000',
    ])
    expect(await contactsOf('')).toEqual([])
  })

  it.each([
    'security@kentei.example',
    'http://kentei.example/report',
    'mailto:',
    'javascript:alert(1)',
    'mailto:a@b.example security@kentei.example',
  ])('refuses %s, and says what it takes', async (contact) => {
    await expect(contactsOf(contact)).rejects.toThrow(
      /KENTEI_SECURITY_CONTACT[^]*mailto:…, https:\/\/… or tel:|mailto:…, https:\/\/… or tel:[^]*KENTEI_SECURITY_CONTACT/,
    )
  })
})
