import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trialSeed } from '../../../src/authoring/tasks/check-draws.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import { drawTask, streamOf } from '../../../src/task/draw-task.ts'
import { gradeTask, notesOf } from '../../../src/task/grade-task.ts'
import { inboxBots } from '../../../src/task/inbox/bots.ts'
import type { InboxBody } from '../../../src/task/inbox/family.ts'
import { gradeInbox1 } from '../../../src/task/inbox/grade-1.ts'
import { inbox } from '../../../src/task/inbox/inbox.ts'
import type { InboxKey, MailKey } from '../../../src/task/inbox/key.ts'
import type { InboxMaterials } from '../../../src/task/inbox/present.ts'
import type { Entries } from '../../../src/task/present.ts'
import { readEntries } from '../../../src/task/read-entries.ts'
import { drawSlots, fillText } from '../../../src/task/slots.ts'
import type { TaskInstance } from '../../../src/task/task.ts'
import { compiledFamily } from '../../support/compiled.ts'

type Instance = TaskInstance<InboxKey>
const family = compiledFamily(
  'inbox',
  readFileSync(new URL('../../support/office-inbox.ja.md', import.meta.url), 'utf8'),
) as TaskFamily<InboxBody>
const draw = (trial: number, of: TaskFamily = family) =>
  drawTask(of, { locale: 'ja', seed: trialSeed(trial) }) as Instance
const trial = fc.integer({ min: 0, max: 100_000 })
const play = (name: string, instance: Instance): Entries =>
  inboxBots.find((bot) => bot.name === name)?.play(instance as never, streamOf(instance.seed, name)) as Entries
const score = (instance: Instance, entries: Entries) => gradeTask(instance, entries).score

const GREETING = 'お世話になっております。みどり橋架空企画の三好の代理でご連絡いたします。'
/** What a person answered to each mail. */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  打合せの候補: {
    act: 'reply',
    to: 'a1',
    cc: 'a2',
    files: 'f2',
    body: `{{担当}}様\n${GREETING}\n打合せは、{{日1}}BEGINからENDでいかがでしょうか。{{日2}}の午前は、三好の都合がつきませんでした。場所は前回と同じで、佐倉様のご同席も承知いたしました。料金表を添付します。`,
  },
  値引きの頼み: {
    act: 'reply',
    to: 'a1',
    body: `グエン・ミン様\n${GREETING}\n{{値引き}}のお値引きが可能かどうかは、私の一存ではお答えできません。三好に確認し、{{返答日}}までにお返事を差し上げます。`,
  },
  口座の変更: {
    act: 'report',
    body: '三好さん、七色架空食品の経理から、振込先を変えるというメールが来ました。支払い{{請求額}}円を今日15時までに新しい口座へ、電話での確認は遠慮してほしいとあり、不審です。返信も手続きもしていません。',
  },
  自動の応答への指示: {
    act: 'report',
    body: '三好さん、業務支援センターというところから、取引先の名前・アドレス・金額の一覧を返信させようとするメールが来ました。三好さんの指示ではないので従わず、返信もしていません。',
  },
  送り間違い: {
    act: 'reply',
    to: 'a1',
    body: `事務ご担当者様\n${GREETING}\n佐藤様宛てのメールが当方に届きました。誤送信ではないかと存じます。添付ファイルは開封しておりません。メールの削除など、ご指示をいただけますでしょうか。`,
  },
  請求書の再送: {
    act: 'report',
    body: '三好さん、はなうた架空文具のサントス様から、11月分の請求書が見当たらないので、請求書を再送してほしいとの依頼です。12/10の支払いに間に合わせたいそうです。',
  },
  納期の前倒し: {
    act: 'reply',
    to: 'a1',
    body: `佐倉様\n${GREETING}\nチラシの納品を3日早めるご希望につきまして、三好に確認のうえ、{{返答日:日付}}までにご返事いたします。少しお待ちください。`,
  },
  会社案内: {
    act: 'reply',
    to: 'a1',
    files: 'f1',
    body: `大月様\n${GREETING}\nホームページをご覧いただき、ありがとうございます。ご依頼の会社案内を添付いたします。ご確認ください。`,
  },
  催しの案内: { act: 'leave' },
  お礼: { act: 'none' },
}

/** An inbox that holds a mail, and what a candidate did with that mail alone. */
function work(name: string, done: Readonly<Record<string, string>>) {
  const instance = Array.from({ length: 60 }, (_, i) => draw(i)).find(({ key }) =>
    key.mails.some((mail) => mail.name === name),
  ) as Instance
  const mail = instance.key.mails.find((one) => one.name === name) as MailKey
  const grade = gradeTask(
    instance,
    Object.fromEntries(Object.entries(done).map(([part, value]) => [`${mail.id}.${part}`, value])),
  )
  const missed = grade.checkpoints
    .filter(({ id, credit }) => credit < 1 && new RegExp(`:${mail.id}(\\.|$)`).test(id))
    .map(({ id }) => id.replace(mail.id, 'm'))
  return { ...grade, instance, mail, missed, lost: grade.losses.map(({ reason }) => reason) }
}
const slot = ({ instance }: { readonly instance: Instance }, label: RegExp): string =>
  label.exec(JSON.stringify(instance.presented))?.[1] as string

describe('an inbox', () => {
  it('the same seed gives the same inbox, another seed another one', () => {
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1).presented).not.toEqual(draw(2).presented)
    expect((draw(1).presented.materials as InboxMaterials).mails).toHaveLength(8)
  })

  it('holds every mail that is always there, and one of each group', () => {
    const fraud = ['口座の変更', '自動の応答への指示']
    fc.assert(
      fc.property(trial, (seed) => {
        const names = draw(seed).key.mails.map(({ name }) => name)
        expect(names).toEqual(expect.arrayContaining(['打合せの候補', '値引きの頼み', '送り間違い']))
        expect(names.filter((name) => fraud.includes(name))).toHaveLength(1)
      }),
      { numRuns: 40 },
    )
  })

  it('what is right does not move what is shown', () => {
    const other: TaskFamily<InboxBody> = {
      ...family,
      body: {
        ...family.body,
        declared: family.body.declared.map((mail) => ({
          ...mail,
          act: 'none' as const,
          critical: !mail.critical,
          skills: ['dr-7'],
          replyTo: [],
          replyCc: [],
          replyFiles: [],
          facts: [],
          forbidden: [],
          why: '',
        })),
      },
    }
    fc.assert(
      fc.property(trial, (seed) => {
        expect(draw(seed, other).presented).toEqual(draw(seed).presented)
        expect(draw(seed, other).key).not.toEqual(draw(seed).key)
      }),
      { numRuns: 30 },
    )
  })

  it('every simulated candidate stays within the bounds that the kind sets', () => {
    const seeds = Array.from({ length: 40 }, (_, i) => draw(i))
    for (const { name, each } of inboxBots) {
      const scores = seeds.map((instance) => score(instance, play(name, instance)))
      expect(Math.min(...scores), `${name}: the lowest`).toBeGreaterThanOrEqual(each?.least ?? 0)
      expect(Math.max(...scores), `${name}: the highest`).toBeLessThanOrEqual(each?.most ?? 1)
    }
  })

  it('one more right mail never lowers a score, one more disclosure never raises it', () => {
    fc.assert(
      fc.property(trial, fc.nat(7), (seed, place) => {
        const instance = draw(seed)
        const right = play('perfect', instance)
        const of = (id: string) => Object.entries(right).filter(([name]) => name.startsWith(`${id}.`))
        const mail = instance.key.mails[place] as MailKey
        const others = instance.key.mails.filter((_, i) => i !== place && (i * 5 + seed) % 3 > 0)
        const some = Object.fromEntries(others.flatMap(({ id }) => of(id)))
        expect(score(instance, { ...some, ...Object.fromEntries(of(mail.id)) })).toBeGreaterThanOrEqual(
          score(instance, some),
        )
        const body = `${mail.id}.body`
        if (right[body] !== undefined)
          expect(score(instance, { ...right, [body]: `${right[body]}\nstranger@example.org 7月7日` })).toBeLessThan(1)
      }),
      { numRuns: 40 },
    )
  })

  it('the body of the kind and the entries of a page are read', () => {
    const { slots: _, ...body } = family.body
    expect(inbox.bodySchema().safeParse(body)).toMatchObject({ success: true })
    const instance = draw(7)
    expect(inbox.materialsSchema().parse(instance.presented.materials)).toEqual(instance.presented.materials)
    const { fields } = instance.presented
    const entries = play('perfect', instance)
    expect(readEntries(fields, { entries })).toMatchObject({ ok: true })
    expect(readEntries(fields, { entries: { 'm1.act': 'forward' } }).ok).toBe(false)
    expect(readEntries(fields, { entries: { 'm1.body': 'あ'.repeat(601) } }).ok).toBe(false)
  })

  it('candidates are told counts, and never which mails', () => {
    const instance = draw(3)
    const notes = notesOf(gradeTask(instance, play('perfect', instance)))
    expect(notes.find(({ group }) => group === 'act')).toMatchObject({ done: 8, of: 8 })
    expect(JSON.stringify(notes)).not.toMatch(/m\d/)
  })
})

describe('an answer to a mail of an inbox', () => {
  it('earns everything and loses nothing in the words of somebody who never saw the key', () => {
    for (let seed = 0; seed < 30; seed++) {
      const instance = draw(seed)
      const values = drawSlots(family.body.slots, streamOf(instance.seed, 'slots'))
      const say = (text: string) => fillText(text, values)
      const entries = instance.key.mails.flatMap(({ id, name, facts }) => {
        const start = facts.flatMap((fact) => (fact.as === 'time' ? (fact.spans[0]?.earliest as number) / 60 : []))[0]
        const { body, ...picked } = WRITTEN[name] as Readonly<Record<string, string>>
        const text =
          body &&
          say(body)
            .replace('BEGIN', `${start}:00`)
            .replace('END', `${(start ?? 0) + 1}:00`)
        return Object.entries({ ...picked, ...(text ? { body: text } : {}) }).map(([part, value]) => [
          `${id}.${part}`,
          value,
        ])
      })
      const { score: reached, losses } = gradeTask(instance, Object.fromEntries(entries))
      expect({ seed, reached, losses }).toEqual({ seed, reached: 1, losses: [] })
    }
  })

  const dated = (body: (day: string, start: string) => string) => {
    const first = work('打合せの候補', {})
    const fact = first.mail.facts.find(({ as }) => as === 'time') as Extract<MailKey['facts'][number], { as: 'time' }>
    const day = (first.mail.facts[0] as Extract<MailKey['facts'][number], { as: 'wording' }>).accepted[0]?.[0] as string
    const start = `${(fact.spans[0]?.earliest as number) / 60}`
    return work('打合せの候補', { act: 'reply', to: 'a1', cc: 'a2', files: 'f2', body: body(day, start) })
  }

  it('earns everything in the words of a person', () => {
    const { missed, lost } = dated(
      (day, start) =>
        `早瀬様\n${GREETING}\n打合せは、${day}の${start}時から${Number(start) + 1}時まででお願いいたします。場所は前回と同じで大丈夫です。最新の料金表を添付いたします。`,
    )
    expect({ missed, lost }).toEqual({ missed: [], lost: [] })
  })

  it('dates and times may be written in any of the usual ways', () => {
    for (const [form, at] of [
      ['$1/$2', (hour: number) => `${hour}:00〜`],
      ['：$1/$2', (hour: number) => `${hour}:00から`],
      ['２０２６年$1月$2日', (hour: number) => (hour > 12 ? `午後${hour - 12}時より` : `午前${hour}時より`)],
      ['2026-$1-$2', (hour: number) => `${hour}：00開始`],
      ['$2日', (hour: number) => `${hour}時スタート`],
    ] as const) {
      const { missed, lost } = dated(
        (day, start) =>
          `${GREETING}場所は前回と同じ場所でお願いします。日時は${day.replace(/(\d+)月(\d+)日/, form)}（火） ${at(Number(start))}、1時間の予定です。`,
      )
      expect({ form, missed, lost }).toEqual({ form, missed: [], lost: [] })
    }
  })

  it('a second beginning, or one outside of the free time, earns no time', () => {
    const offer = (times: (start: number) => string) =>
      dated(
        (day, start) => `${GREETING}場所は前回と同じでお願いします。${day}の${times(Number(start))}でお願いします。`,
      )
    expect(offer((start) => `${start}時`).missed).toEqual([])
    expect(offer((start) => `${start}時または${start + 2}時`).missed).toEqual(['fact:m.2'])
    expect(offer(() => '20時').lost).toEqual(['invented'])
  })

  it('the other day may be declined, and not be offered', () => {
    const about = (said: string) =>
      dated((day, start) => `${GREETING}${day}の${start}時から、前回と同じ場所でお願いします。${said}`)
    const other = slot(about(''), /と、(\d+月\d+日)（.）の午前なら/)
    expect(about(`${other}の午前は、三好の都合が合いません。`).lost).toEqual([])
    expect(about(`${other}の午前でも結構です。`).lost).toEqual(['promised'])
  })

  it('recipients and files are sets: one too many or too few earns nothing', () => {
    const body = `${GREETING}会社案内をお送りします。ご不明な点がありましたら、どうぞお知らせください。よろしくお願いいたします。`
    const send = (done: Readonly<Record<string, string>>) => work('会社案内', { act: 'reply', body, ...done }).missed
    expect(send({ to: 'a1', files: 'f1' })).toEqual([])
    expect(send({ to: 'a1', files: 'f1 f2' })).toEqual(['files:m'])
    expect(send({ to: 'a1', cc: 'a1', files: 'f1' })).toEqual(['recipients:m'])
    expect(send({ files: 'f1' })).toEqual(['recipients:m'])
  })

  it('fewer than 60 characters say nothing, and none send nothing', () => {
    const send = (body: string) => work('会社案内', { act: 'reply', to: 'a1', files: 'f1', body }).missed
    expect(send('会社案内をお送りします。')).toEqual(['fact:m.1'])
    expect(send(' \n')).toEqual(['recipients:m', 'files:m', 'fact:m.1'])
  })

  it('a promise costs two points; asking or refusing is none', () => {
    const answer = (said: string) => {
      const { instance } = work('値引きの頼み', {})
      const until = /三好に確かめて(\d+月\d+日)/.exec(instance.presented.rulesHtml.replace(/<[^>]*>/g, ''))?.[1]
      return work('値引きの頼み', {
        act: 'reply',
        to: 'a1',
        body: `グエン様\n${GREETING}お値引きの件は、三好に確認のうえ、${until}までにお返事いたします。${said}`,
      })
    }
    for (const said of ['', '可能ですかどうか、確かめます。', '私からは、値引きしますとは申し上げられません。'])
      expect({ said, lost: answer(said).lost, missed: answer(said).missed }).toEqual({ said, lost: [], missed: [] })
    expect(answer('おそらく可能です。').losses).toMatchObject([{ reason: 'promised', weight: 2 }])
  })

  it('a promise that denies something is one, and may be asked about and refused like any other', () => {
    const { instance, mail } = work('値引きの頼み', {})
    const key = {
      ...instance.key,
      mails: [{ ...mail, forbidden: [{ as: 'promise' as const, wordings: ['料金はいただきません'] }] }],
    }
    const reasons = (said: string) =>
      gradeInbox1(key, instance.presented.fields, {
        [`${mail.id}.act`]: 'reply',
        [`${mail.id}.body`]: said,
      }).losses.map(({ reason }) => reason)
    expect(reasons('直しの料金はいただきません。')).toEqual(['promised'])
    expect(reasons('直しの料金はいただきませんとは、申し上げられません。')).toEqual([])
    expect(reasons('直しの料金はいただきませんか、とのお尋ねでした。')).toEqual([])
  })

  it.each([
    ['what is given', '12,000円です。', 0],
    ['the sum of two prices', '合わせて15,500円です。', 0],
    ['the difference of two prices', '差は8,500円です。', 0],
    ['a price taken several times', '3台で36,000円です。', 0],
    ['the sum of a price and of one taken several times', '3台と袋で39,500円です。', 0],
    ['a share of a price', '1割引きで10,800円です。', 0],
    ['the tax on a price', '税込13,200円です。', 0],
    ['nothing that was given', '9,900円です。', 1],
  ])('an amount that is %s costs what was invented', (_, said, invented) => {
    const { instance, mail } = work('会社案内', {})
    const thread = `${mail.thread}\n椅子は12,000円、袋は3,500円、税は10%です。椅子を3台ください。`
    const key = { common: '', mails: [{ ...mail, thread, forbidden: [] }] }
    const { losses } = gradeInbox1(key, instance.presented.fields, {
      [`${mail.id}.act`]: 'reply',
      [`${mail.id}.body`]: said,
    })
    expect(losses.filter(({ reason }) => reason === 'invented')).toHaveLength(invented)
  })

  it('what belongs to another mail is a disclosure: a firm, an address, an amount', () => {
    const { instance } = work('会社案内', {})
    const other = instance.key.mails.find(({ party }) => party?.startsWith('月待ち架空')) as MailKey
    const body = `${GREETING}会社案内をお送りします。ご不明な点がありましたら、どうぞお知らせください。よろしくお願いいたします。`
    for (const said of [other.party, 'office@tsukimachi.example.jp'])
      expect(
        work('会社案内', { act: 'reply', to: 'a1', files: 'f1', body: `${body}${said}もご覧になりました。` }).losses,
      ).toMatchObject([{ reason: 'disclosed', weight: 2 }])
  })

  it('a date, a time, an amount and an address that nobody gave cost one point each', () => {
    const body = `${GREETING}会社案内をお送りします。3月3日の8:05に、9,800円を new@example.net までお願いいたします。よろしくお願いいたします。`
    const { losses } = work('会社案内', { act: 'reply', to: 'a1', files: 'f1', body })
    expect(losses).toHaveLength(4)
    expect(new Set(losses.map(({ reason }) => reason))).toEqual(new Set(['invented']))
  })

  it('an answer where none may be given holds the task at one half', () => {
    const { instance, mail } = work('口座の変更', {})
    const right = play('perfect', instance)
    const grade = gradeTask(instance, { ...right, [`${mail.id}.act`]: 'reply', [`${mail.id}.to`]: 'a1' })
    expect(grade).toMatchObject({ score: 0.5, critical: 'replied' })
    expect(grade.losses).toContainEqual({ reason: 'replied', weight: 4, field: `${mail.id}.body` })
  })

  it('a file that came by mistake is sent to nobody', () => {
    const { instance, mail } = work('送り間違い', {})
    const right = play('perfect', instance)
    const file = mail.received[0] as string
    expect(gradeTask(instance, { ...right, [`${mail.id}.files`]: file })).toMatchObject({
      critical: 'disclosed',
      score: 0.5,
    })
  })

  it('a report may quote the mail that it is about', () => {
    const { lost, missed } = work('口座の変更', {
      act: 'report',
      body: '三好様\n七色架空食品の経理から、口座の変更のメールが届きました。「監査のため、今月のお支払い」の「振込先を変更いたします」とあり、電話での確認を断っています。返信も手続きもしていません。',
    })
    expect({ lost, missed }).toEqual({ lost: [], missed: [] })
  })

  it('a report may say when the mail came in', () => {
    const report = (at: string) =>
      work('口座の変更', {
        act: 'report',
        body: `三好様\n本日${at}に、七色架空食品の経理から、振込先の口座を変更するというメールが届きました。不審ですので、返信も手続きもしていません。ご確認をお願いします。`,
      })
    const { instance, mail } = report('')
    const at = (instance.presented.materials as InboxMaterials).mails.find(({ id }) => id === mail.id)?.at as string
    expect(report(at).lost).toEqual([])
    expect(report(at.replace(/(\d+):0?(\d+)/, '$1時$2分')).lost).toEqual([])
    expect(report('7:03').lost).toEqual(['invented'])
  })

  it('an answer that only repeats the mail answers nothing', () => {
    const { instance, mail } = work('打合せの候補', {})
    const { text } = (instance.presented.materials as InboxMaterials).mails.find(({ id }) => id === mail.id) as {
      text: string
    }
    for (const body of [text, `> ${text}\n${GREETING}${GREETING}`]) {
      const { missed, lost } = work('打合せの候補', { act: 'reply', to: 'a1', cc: 'a2', files: 'f2', body })
      expect({ missed, lost }).toEqual({ missed: ['fact:m.1', 'fact:m.2', 'fact:m.3'], lost: [] })
    }
  })

  it('a text full of dates is no longer than its field, and costs ten points at most', () => {
    const { losses } = work('会社案内', {
      act: 'reply',
      body: '7/7 8:05 '.repeat(6_000),
      subject: '9月9日'.repeat(9_000),
    })
    const many = Array.from({ length: 1_200 }, (_, i) => `${(i % 12) + 1}/${(i % 28) + 1}`).join(' ')
    expect(losses).toHaveLength(3)
    expect(work('会社案内', { act: 'reply', body: many }).losses).toHaveLength(10)
  })

  it('what is left or needs nothing is not read', () => {
    const { lost, missed } = work('お礼', { act: 'none', to: 'a1', body: 'hayase@kitamado.example.jp 1月1日' })
    expect({ lost, missed }).toEqual({ lost: [], missed: [] })
  })
})
