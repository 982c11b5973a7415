import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Assessment } from '../../../../src/sandbox/detector/judge/detector.ts'
import { findJob } from '../../../../src/sandbox/job/store.ts'
import { eventsOf, findCase } from '../../../../src/sandbox/moderation/store.ts'
import { type ModerationRoom, openModerationRoom } from '../../../support/sandbox/moderation-room.ts'
import { detector } from '../../../support/sandbox/open-market.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const paper = {
  category: 'business-admin',
  pay: { type: 'fixed', amount: 6_000 },
  closesAt: null,
  headcount: 1,
  welcomesNewcomers: false,
}
/** A wording in which the detector sees nothing: what is known of it is known from a person. */
const trick = {
  title: '古い切手の整理をお願いします',
  body: '祖父の遺した切手帳を年代ごとに並べ替えてください。並べ替えた切手帳は駅前の花屋の裏口に立てかけておくと、係の者が引き取ります。お礼は切手帳の最後の頁に挟んでおきます。',
}
const lawful = {
  title: '議事録の清書(隔週・二時間ほど)',
  body: '町内会の議事録を清書していただきます。録音は当サイトのメッセージでお渡しし、清書は文書ファイルで納めてください。人名の表記は名簿に合わせ、聞き取れない箇所には印を付けてください。納期は録音をお渡しした日から五日です。検収のあと、契約どおりにお支払いします。',
}

interface Posted {
  readonly id: string
  readonly state: string
  readonly assessment: Assessment
}

async function post(client: string, words: { title: string; body: string }): Promise<Posted> {
  const { status, json } = await room.as(client, 'POST', '/v1/jobs', { ...paper, ...words, sendAnyway: true })
  expect(status, JSON.stringify(json)).toBe(201)
  const job = await findJob(room.world.db, json.id)
  return { id: json.id, state: json.state, assessment: job?.assessment as Assessment }
}

/** Somebody reports a post, and an operator takes it down. */
async function takenDown(client: string, words: { title: string; body: string }) {
  const posted = await post(client, words)
  if ((await room.caseAbout(posted.id)) === undefined) await room.report('wrk_010', posted.id)
  const id = await room.caseAbout(posted.id)
  const { json } = await room.takeDown(id)
  return { case: id, decision: json.decision as string, job: posted.id }
}

describe('a post that was taken down', () => {
  it('comes back as its case when it is copied, whoever posts the copy, and says so to whoever decides', async () => {
    expect(detector.score(trick).band).toBe('publish')
    const first = await takenDown('cli_01', trick)
    for (const client of ['cli_01', 'cli_02']) {
      const copy = await post(client, trick)
      expect(copy.state).toBe('held')
      expect(copy.assessment.precedent).toMatchObject({ case: first.case, decision: first.decision, how: 'copy' })
      expect(copy.assessment.reasons[0]?.kind).toBe('off-platform-contact')
      const opened = await room.caseAbout(copy.id)
      expect(await findCase(room.world.db, opened)).toMatchObject({ openedBy: 'detector', automated: true })
      const [detected] = await eventsOf(room.world.db, opened)
      expect(detected?.data).toMatchObject({ precedent: { case: first.case } })
      expect((await room.notices(client)).some(({ kind }) => kind === 'post-held')).toBe(true)
    }
  })

  it('comes back however it is dressed, diluted and cut', async () => {
    const first = await takenDown('cli_03', {
      title: '貝殻の色分け',
      body: '浜で拾った貝殻を色ごとに分けてください。分けた貝殻は、灯台の三段目の石の下に入れてください。石の下には前の人の封筒がありますので、それを次の灯台まで運んでいただきます。封は開けないでください。',
    })
    const body =
      '浜で拾った貝殻を色ごとに分けてください。分けた貝殻は、灯台の三段目の石の下に入れてください。石の下には前の人の封筒がありますので、それを次の灯台まで運んでいただきます。封は開けないでください。'
    const spaced = [...body].join('\u200b ')
    const disguises = {
      spaced,
      emoji: body.replace(/(...)/gu, '$1🐚'),
      amounts: body.replace('三段目', '4段目'),
      diluted: `${lawful.body}\n${body}\n${lawful.body}`,
      paragraph: `${lawful.body}\n分けた貝殻は、灯台の三段目の石の下に入れてください。石の下には前の人の封筒がありますので、それを次の灯台まで運んでいただきます。\n${lawful.body}`,
    }
    for (const [name, disguised] of Object.entries(disguises)) {
      const again = await post('cli_04', { title: '海辺のお手伝い', body: disguised })
      expect([name, again.state, again.assessment.precedent?.case]).toEqual([name, 'held', first.case])
    }
    const { assessment } = await post('cli_04', { title: '海辺のお手伝い', body: disguises.paragraph })
    const { start = 0, end = 0 } = assessment.precedent ?? {}
    expect(`海辺のお手伝い\n${disguises.paragraph}`.slice(start, end)).toMatch(/^分けた貝殻は.*運んでいただきます$/u)
  })

  it('does not hold other posts: a lawful one, or one that shares a phrase with it', async () => {
    expect((await post('cli_05', lawful)).state).toBe('published')
    const shares = {
      title: '花屋の帳簿つけ',
      body: '駅前の花屋の帳簿を月末に締めてください。検収のあと、契約どおりにお支払いします。',
    }
    expect(await post('cli_05', shares)).toMatchObject({ state: 'published' })
  })

  it('is forgotten when an appeal reverses the decision, and stays known while another decision stands', async () => {
    const words = {
      title: '糸巻きの数え直し',
      body: '倉の糸巻きを数え直し、数を木札に書いて井戸の蓋の裏に貼ってください。木札の裏の番号は読まずに、次の木札へ書き写してください。',
    }
    const first = await takenDown('cli_06', words)
    const copy = await post('cli_07', words)
    const second = await room.caseAbout(copy.id)
    const { json } = await room.takeDown(second)
    const appealed = await room.appeal('cli_06', first.decision)
    await room.judge(appealed.json.appeal, { outcome: 'reverse' })
    expect((await post('cli_08', words)).assessment.precedent?.case).toBe(second)
    const again = await room.appeal('cli_07', json.decision)
    await room.judge(again.json.appeal, { outcome: 'reverse' })
    expect(await post('cli_08', words)).toMatchObject({ state: 'published' })
  })

  it('stays known under the milder decision that an appeal puts in the place of the first', async () => {
    const words = {
      title: '鈴の音の聞き分け',
      body: '境内の鈴を順に鳴らし、音の高い順に番号を振ってください。番号の紙は賽銭箱の左脚に巻き、右脚の紙を持ち帰ってください。',
    }
    const first = await takenDown('cli_09', words)
    const appealed = await room.appeal('cli_09', first.decision)
    const judged = await room.judge(appealed.json.appeal, { outcome: 'modify', action: 'take-down', duration: 'P1M' })
    expect(judged.status).toBe(200)
    const { assessment } = await post('cli_10', words)
    expect(assessment.precedent).toMatchObject({ case: first.case, decision: judged.json.decision })
  })
})

describe('a post that an operator found good', () => {
  const queued = {
    title: 'レビュー文の下書き',
    body: '購入した商品のレビューを書いてください。星五つでお願いします。一件500円です。',
  }

  it('is not looked at again for the same reason, unless the like of it was found bad', async () => {
    const before = await post('cli_11', queued)
    expect(before.state).not.toBe('published')
    const id = await room.caseAbout(before.id)
    expect((await room.decide(id, { action: 'no-action' })).status).toBe(201)
    const again = await post('cli_12', queued)
    expect(again.state).toBe('published')
    expect((await findJob(room.world.db, again.id))?.cleared).toBe(true)
    const worse = await post('cli_12', { ...queued, body: `${queued.body}詳しくはLINEで、登録料9,800円です。` })
    expect(worse.state).not.toBe('published')
    await room.report('wrk_011', again.id)
    await room.takeDown(await room.caseAbout(again.id), { kinds: ['paid-reviews'] })
    expect((await post('cli_13', queued)).state).toBe('held')
  })

  it('stays good although a scam was wrapped in it, and the scam stays known', async () => {
    const mine = {
      title: '灯台の日誌の清書',
      body: '灯台の日誌を三月分、表に清書してください。日付と風向きと船の数を写し、読めない字には印をつけます。資料は写真でお渡しします。',
    }
    const scam =
      '登録料として9,800円を先にお振り込みください。詳しくはLINEで、IDを応募文に書いてください。お支払いも外でいたします。'
    const wrapped = { title: '在宅の清書', body: `${mine.body}${scam}` }
    await takenDown('cli_14', wrapped)
    const held = await post('cli_15', mine)
    expect(held).toMatchObject({ state: 'held', assessment: { precedent: { how: 'rewording' } } })
    const id = await room.caseAbout(held.id)
    expect((await room.decide(id, { action: 'no-action' })).status).toBe(201)
    expect((await post('cli_15', mine)).state).toBe('published')
    expect((await post('cli_16', mine)).state).toBe('published')
    expect((await post('cli_17', wrapped)).state).toBe('held')
  })
})
