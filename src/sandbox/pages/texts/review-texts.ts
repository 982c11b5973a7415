import type { SafeAnswer } from '../../review/contradiction.ts'
import type { ReviewAxis, ReviewSide } from '../../review/review.ts'
import type { Around } from './contract-texts.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

/** Everything around the reviews of a contract. */
export interface ReviewTexts {
  readonly title: string
  readonly axis: Readonly<Record<ReviewAxis, string>>
  /** What an axis asks, by who answers. */
  readonly asks: Readonly<Record<ReviewSide, Readonly<Partial<Record<ReviewAxis, string>>>>>
  readonly starMeaning: { readonly lowest: string; readonly highest: string }
  star(stars: number): string
  /** The time by which it has to be written. */
  readonly until: Around
  readonly rules: string
  readonly otherWaits: string
  readonly openPart: string
  readonly openPartText: string
  readonly comment: string
  commentHint(most: number): string
  readonly hiddenPart: string
  readonly hiddenPartText: readonly string[]
  readonly again: string
  readonly againHint: string
  readonly safe: string
  readonly safeAnswers: Readonly<Record<SafeAnswer, string>>
  readonly note: string
  readonly send: string
  readonly sendText: string
  readonly waiting: string
  readonly waitingText: Around
  readonly missed: string
  readonly neverWritten: string
  from(name: string, about: string): string
  readonly reply: string
  readonly replyLabel: string
  replyFrom(name: string): string
  readonly replyText: string
  readonly replyHint: string
  readonly replyButton: string
  readonly replyUntil: Around
  readonly noComment: string
  readonly hiddenFromYou: string
  readonly forOperators: string
  revealed(day: string): string
}

export const reviewTexts: Readonly<Record<Locale, ReviewTexts>> = isolating({
  ja: {
    title: '評価',
    axis: { skill: 'スキル', request: '要望', quality: 'クオリティ', schedule: 'スケジュール', communication: 'コミュニケーション', partnership: 'パートナーシップ' },
    asks: {
      client: {
        skill: '仕事に必要な知識と技術がありましたか',
        quality: 'できあがりは、頼んだとおりでしたか',
        schedule: '約束の日を守れましたか',
        communication: 'やりとりは分かりやすく、早かったですか',
        partnership: '相手の立場を考えて、いっしょに進められましたか',
      },
      worker: {
        request: '頼みたいことが、はじめからはっきりしていましたか',
        quality: '資料や指示は、仕事をするのに十分でしたか',
        schedule: '日程に無理がなく、確認や検収は早かったですか',
        communication: 'やりとりは分かりやすく、早かったですか',
        partnership: '相手の立場を考えて、いっしょに進められましたか',
      },
    },
    starMeaning: { lowest: '1 よくなかった', highest: '5 とてもよかった' },
    star: (stars) => String(stars),
    until: ['', ' まで書けます。'],
    rules: '二人とも書くか、期限が来ると、同時に公開されます。それまで相手には見えません。書いたあとに直すことはできません。',
    otherWaits: '相手はもう書きました。あなたが書くと、すぐに両方が公開されます。',
    openPart: 'みんなに見える評価',
    openPartText: '公開されると、プロフィールにのります。相手は一度だけ返事を書けます。',
    comment: 'コメント',
    commentHint: (most) => `${most.toLocaleString('ja-JP')}文字まで。どこがよかったか、次に気をつけてほしいことを書いてください。`,
    hiddenPart: '運営だけが読む質問',
    hiddenPartText: [
      '相手にも、ほかの人にも見えません。あなた自身も、送ったあとは読めません。',
      '読めるのは運営の担当者だけで、だれが、いつ、なぜ読んだかが記録に残ります。',
      '外に出るのは、5人以上の依頼者の答えをまとめた数字だけです。一人の答えが分かることはありません。',
    ],
    again: 'この人と、また一緒に仕事をしたいですか',
    againHint: '0 は「まったくしたくない」、10 は「ぜひしたい」です。',
    safe: '安心して仕事ができましたか',
    safeAnswers: { yes: 'はい', unsure: 'どちらともいえない', no: 'いいえ' },
    note: '運営に伝えたいこと',
    send: '評価を送る',
    sendText: '送ったあとは、直すことも取り消すこともできません。',
    waiting: '評価を受け取りました',
    waitingText: ['相手が書くか、', ' になると、同時に公開されます。'],
    missed: '評価を書ける期間は終わりました。',
    neverWritten: '書かれませんでした。',
    from: (name, about) => `${name}から ${about}へ`,
    reply: '返事を書く',
    replyLabel: '返事',
    replyFrom: (name) => `${name}の返事`,
    replyText: '返事は一度だけ書けます。評価といっしょに、みんなに見えます。',
    replyHint: '1,000文字まで。',
    replyButton: '返事を送る',
    replyUntil: ['', ' まで書けます。'],
    noComment: 'コメントはありません。',
    hiddenFromYou: 'まだ見えません。',
    forOperators: '運営だけが読む答えは、「評価の食い違い」から、理由を記して開きます。',
    revealed: (day) => `${day}に公開`,
  },
  en: {
    title: 'Reviews',
    axis: { skill: 'Skill', request: 'Request', quality: 'Quality', schedule: 'Schedule', communication: 'Communication', partnership: 'Partnership' },
    asks: {
      client: {
        skill: 'Did they have the knowledge and skill that the work needs?',
        quality: 'Was the result what you had asked for?',
        schedule: 'Did they keep to the dates?',
        communication: 'Were messages clear and quick?',
        partnership: 'Did they think of your side, and work with you?',
      },
      worker: {
        request: 'Was it clear from the start what was wanted?',
        quality: 'Were material and instructions good enough to work with?',
        schedule: 'Were the dates fair, and answers and acceptance quick?',
        communication: 'Were messages clear and quick?',
        partnership: 'Did they think of your side, and work with you?',
      },
    },
    starMeaning: { lowest: '1 not good', highest: '5 very good' },
    star: (stars) => String(stars),
    until: ['You can write it until ', '.'],
    rules: 'Both are revealed together when both are written, or when the time is over. Until then the other side does not see yours. A review is never changed afterwards.',
    otherWaits: 'The other side has written theirs. As soon as you write yours, both are revealed.',
    openPart: 'What everybody sees',
    openPartText: 'Once revealed it stands on the profile. The other side may answer it once.',
    comment: 'Comment',
    commentHint: (most) => `Up to ${most.toLocaleString('en-US')} characters. Say what was good, and what to watch next time.`,
    hiddenPart: 'What only the marketplace reads',
    hiddenPartText: [
      'Neither the other side nor anybody else sees this. Nor can you read it again once it is sent.',
      'Only operators read it, and a record is kept of who did, when and why.',
      'It leaves only in figures made of the answers of five clients or more, from which no single answer can be told.',
    ],
    again: 'Would you work with them again?',
    againHint: '0 is “never”, 10 is “gladly”.',
    safe: 'Did the work feel safe?',
    safeAnswers: { yes: 'Yes', unsure: 'Not sure', no: 'No' },
    note: 'Anything the marketplace should know',
    send: 'Send the review',
    sendText: 'It cannot be changed or taken back once it is sent.',
    waiting: 'Your review has arrived',
    waitingText: ['Both are revealed when the other side has written, or on ', '.'],
    missed: 'The time for a review is over.',
    neverWritten: 'None was written.',
    from: (name, about) => `${name} about ${about}`,
    reply: 'Answer it',
    replyLabel: 'Your answer',
    replyFrom: (name) => `${name} answers`,
    replyText: 'You can answer once. Everybody sees it beside the review.',
    replyHint: 'Up to 1,000 characters.',
    replyButton: 'Send the answer',
    replyUntil: ['You can write it until ', '.'],
    noComment: 'No comment.',
    hiddenFromYou: 'Not to be seen yet.',
    forOperators: 'What only the marketplace reads is opened from “Contradicting reviews”, with a reason.',
    revealed: (day) => `revealed ${day}`,
  },
})
