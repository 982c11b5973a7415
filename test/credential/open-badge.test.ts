import * as fc from 'fast-check'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { achievementDocument } from '../../src/credential/achievement.ts'
import { openBadge, scoreBandText } from '../../src/credential/open-badge.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { document, exam, input, report, ringOf } from '../support/sample-credential.ts'

type Json = Record<string, unknown>
const subject = document.credentialSubject as Json
const achievement = subject.achievement as Json

describe('open badge', () => {
  it('is an AchievementCredential of VC 2.0 in the contexts of OB 3.0.3', () => {
    expect(document['@context']).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ])
    expect(document.type).toEqual(['VerifiableCredential', 'OpenBadgeCredential'])
  })

  it('has claims that equal its fields, and no vc claim', () => {
    expect(document).toMatchObject({ iss: 'did:web:kentei.example', jti: document.id, sub: subject.id })
    expect([document.nbf * 1_000, document.exp * 1_000]).toEqual([
      Date.parse(document.validFrom as string),
      Date.parse(document.validUntil as string),
    ])
    expect(document).not.toHaveProperty('vc')
  })

  it('has arrays as types, but for the status entry and the image, which have one type each', () => {
    const check = (value: unknown, path: string): void => {
      if (Array.isArray(value)) return value.forEach((entry, i) => check(entry, `${path}/${i}`))
      if (typeof value !== 'object' || value === null) return
      for (const [key, member] of Object.entries(value)) {
        if (key === 'type') expect(Array.isArray(member), path).toBe(!/(credentialStatus|image)$/.test(path))
        else check(member, `${path}/${key}`)
      }
    }
    check(document, '')
    expect(document.credentialStatus).toEqual({
      id: 'https://kentei.example/status/3#48213',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '48213',
      statusListCredential: 'https://kentei.example/status/3',
    })
  })

  it('tells the band of the score and the status as strings, and the cut score as required value', () => {
    expect(subject.result).toEqual([
      {
        type: ['Result'],
        resultDescription: 'https://kentei.example/achievements/business-admin#score',
        value: '70-80',
      },
      {
        type: ['Result'],
        resultDescription: 'https://kentei.example/achievements/business-admin#status',
        value: 'Completed',
        status: 'Completed',
      },
    ])
    expect(achievement.resultDescription).toMatchObject([
      { resultType: 'ScaledScore', requiredValue: '70' },
      { resultType: 'Status' },
    ])
  })

  it('names exam, version, picture, areas and maker, and leaves the skills to the document of the achievement', () => {
    expect(achievement).toMatchObject({
      id: 'https://kentei.example/achievements/business-admin',
      humanCode: 'business-admin',
      version: '2',
      name: 'ビジネス事務検定 3級',
    })
    expect(achievement).toMatchObject({
      creator: { id: 'did:web:kentei.example', name: 'Kentei 検定センター' },
      image: {
        id: 'https://kentei.example/achievements/business-admin/badge.png?lang=ja',
        type: 'Image',
      },
      tag: exam.sections.map(({ title }) => title.ja),
    })
    expect(achievement).not.toHaveProperty('alignment')
    const issuer = { id: 'did:web:kentei.example', name: 'Kentei' }
    const { alignment } = achievementDocument({ exam, origin: 'https://kentei.example', issuer, locale: 'ja' }, [])
    expect(alignment).toHaveLength(exam.skills.length)
    expect(alignment?.[2]).toMatchObject({ targetUrl: 'https://skills.example/spreadsheet', targetCode: 'spreadsheet' })
  })

  it('gives away neither the exact score nor an answer', () => {
    const text = JSON.stringify(document)
    for (const secret of [String(report.score), 'answer', 'response']) expect(text).not.toContain(secret)
    expect(subject.narrative).toContain('検定 business-admin 第2版を受験しました。')
  })

  it('is signed as it is', async () => {
    expect(decodeJwt(await signCredential(input, await ringOf()))).toEqual(JSON.parse(JSON.stringify(openBadge(input))))
  })

  it('has a band that holds the score, lies within 0–100 and begins at or over the cut of a passed exam', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 100 }), (tenths, passScore) => {
        const score = tenths / 10
        const [low, high] = scoreBandText(score, passScore).split('-').map(Number) as [number, number]
        expect(low <= score && score <= high && low >= 0 && high <= 100 && low < high + 1).toBe(true)
        if (score >= passScore) expect(low).toBeGreaterThanOrEqual(Math.min(passScore, Math.floor(score / 10) * 10))
      }),
    )
  })
})
