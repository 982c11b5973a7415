import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDetector } from '../../../../src/sandbox/detector/judge/detector.ts'
import type { Kind } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { openCommittedModel } from '../../../../src/sandbox/detector/judge/model.ts'
import { findJob } from '../../../../src/sandbox/job/store.ts'
import { readText } from '../../../../src/sandbox/moderation/memory/fingerprint.ts'
import { alikeness, outlineKeys, outlineOf } from '../../../../src/sandbox/moderation/memory/motif.ts'
import { findAlike } from '../../../../src/sandbox/moderation/memory/recall.ts'
import { readLabelledSet } from '../../../support/labelled-set.ts'
import { type ModerationRoom, openModerationRoom } from '../../../support/sandbox/moderation-room.ts'

/** Decided posts, each told again by two others, in a casual and in a stiff voice. Written by hand together with the motifs, so a floor and no proof. */
const decided = readFileSync(new URL('rewordings.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { kind: Kind; decided: string; reworded: [string, string] })

const detector = createDetector(openCommittedModel())
const known = decided.map(({ kind, decided: text }) => ({
  ...{ text, person: 'cli_01', kinds: [kind], suspicion: 0.9 },
  fingerprint: readText(text).hashes,
  outline: outlineOf(text),
}))
const linked = (text: string) =>
  findAlike(
    {
      ...{ person: 'cli_02', text, read: readText(text) },
      assessment: detector.score({ title: '', body: text }),
      suspicionOf: () => 0,
    },
    outlineOf(text),
    known,
  )

describe('what a text is about', () => {
  it('tells most rewordings by others apart: the decided text is nearer than sixty others', () => {
    const texts = decided.flatMap(({ decided: text, reworded }) => reworded.map((words) => ({ text, words })))
    expect(texts.length).toBe(122)
    const nearest = (words: string) => {
      const outline = outlineOf(words)
      return known.toSorted((a, b) => alikeness(outline, b.outline) - alikeness(outline, a.outline))[0]?.text
    }
    const told = texts.filter(({ text, words }) => nearest(words) === text).length
    const shown = texts.filter(({ text, words }) => linked(words)?.known.text === text).length
    const wrong = texts.filter(({ text, words }) => (linked(words)?.known.text ?? text) !== text).length
    expect(told).toBeGreaterThanOrEqual(110)
    expect(shown).toBeGreaterThanOrEqual(75)
    expect(wrong).toBeLessThanOrEqual(2)
  })

  it('links at most one lawful post in a hundred to a decided one', () => {
    const lawful = readLabelledSet().filter(({ kinds }, nth) => kinds.length === 0 && nth % 4 === 0)
    const links = lawful.filter(({ title, body }) => linked(`${title}\n${body}`))
    expect(links.length).toBeLessThanOrEqual(lawful.length / 100)
  })

  it('is the same in every script of marks, and bounded for any text', () => {
    const [one] = decided
    expect(alikeness(outlineOf(one?.decided ?? ''), outlineOf([...(one?.decided ?? '')].join('\u200b')))).toBeCloseTo(
      1,
      5,
    )
    for (const text of ['', '　', 'あ'.repeat(70_000), '漢字'.repeat(40_000), '\ud800'.repeat(100)]) {
      const outline = outlineOf(text)
      expect(outline.length).toBeLessThanOrEqual(512)
      expect(outlineKeys(outline).length).toBeLessThanOrEqual(120)
      expect(alikeness(outline, outlineOf('名簿の入力'))).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('a post in words of its own', () => {
  let room: ModerationRoom
  beforeAll(async () => {
    room = await openModerationRoom()
  })
  afterAll(() => room.close())

  const post = async (client: string, body: string) => {
    const { json } = await room.as(client, 'POST', '/v1/jobs', {
      ...{ title: 'お願いしたいこと', body, category: 'business-admin', pay: { type: 'fixed', amount: 6_000 } },
      sendAnyway: true,
    })
    return { id: json.id as string, assessment: (await findJob(room.world.db, json.id))?.assessment }
  }

  it('shows whoever decides the decided post that it is about, across clients; nothing is held by that, and a reversal ends it', async () => {
    const of = decided.find(({ decided: text }) => text.startsWith('ATM'))
    const first = await post('cli_01', of?.decided ?? '')
    const subject = await room.caseAbout(first.id)
    const { json } = await room.takeDown(subject, { kinds: ['crime-recruiting'] })
    const again = await post('cli_02', of?.reworded[1] ?? '')
    expect(again.assessment?.precedent).toMatchObject({ case: subject, how: 'alike' })
    // what the detector found stays the reason
    expect(again.assessment?.reasons[0]?.kind).toBe('identity-lending')
    const { json: appealed } = await room.appeal('cli_01', json.decision)
    await room.judge(appealed.appeal, { outcome: 'reverse' })
    const later = await post('cli_03', of?.reworded[1] ?? '')
    expect(later.assessment?.precedent).toBeUndefined()
  })
})
