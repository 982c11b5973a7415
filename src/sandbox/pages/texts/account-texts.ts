import type { AppealOutcome } from '../../moderation/case-event.ts'
import type { Around } from './contract-texts.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

/** The pages of one's own: what waits, what was said, what was decided. */
export interface AccountTexts {
  readonly role: { readonly worker: string; readonly client: string; readonly operator: string }
  readonly todo: string
  readonly nothingToDo: string
  readonly writeReview: string
  reviewOf(title: string): string
  readonly applicantsWaiting: string
  applicantsFor(n: number, title: string): string
  readonly money: string
  readonly moneyHeldForYou: string
  readonly moneyHeldByYou: string
  readonly moneyGot: string
  readonly moneyPaid: string
  readonly moneyBack: string
  readonly moneyFee: string
  readonly moneyNote: string
  readonly contracts: string
  readonly noContracts: string
  readonly applications: string
  readonly noApplications: string
  readonly findWork: string
  readonly jobs: string
  readonly noJobs: string
  readonly applicants: string
  readonly more: string
  readonly notices: string
  readonly noNotices: string
  readonly unread: string
  readonly read: string
  readonly markRead: string
  readonly markAllRead: string
  readonly allNotices: string
  readonly openDecision: string
  unreadCount(n: number): string
  readonly workLead: string
  readonly hiringLead: string
  readonly me: string
  readonly id: string
  readonly joined: string
  readonly standing: string
  readonly standingNames: { readonly good: string; readonly restricted: string; readonly suspended: string }
  readonly profile: string
  readonly decisions: string
  readonly noDecisions: string
  readonly decisionsText: string
  decision: {
    readonly title: string
    readonly concerning: string
    readonly lead: string
    readonly back: string
    readonly appeal: string
    readonly appealText: string
    readonly appealUntil: Around
    readonly appealLabel: string
    readonly appealHint: string
    readonly appealButton: string
    readonly appealOver: string
    readonly replaced: string
    readonly yours: string
    readonly waiting: string
    readonly waitingText: string
    readonly outcomes: Readonly<Record<AppealOutcome, string>>
    readonly reasons: string
    readonly states: { readonly standing: string; readonly ended: string; readonly appealed: string; readonly final: string }
    readonly toJob: string
    readonly newDecision: string
  }
}

export const accountTexts: Readonly<Record<Locale, AccountTexts>> = isolating({
  ja: {
    role: { worker: '働く人', client: '依頼者', operator: '運営の担当者' },
    todo: 'まず、すること',
    nothingToDo: 'いま、待たれていることはありません。',
    writeReview: '評価を書いてください',
    reviewOf: (title) => `「${title}」の評価を書く`,
    applicantsWaiting: '応募に返事をしてください',
    applicantsFor: (n, title) => `「${title}」に${n}人が応募しています`,
    money: 'お金',
    moneyHeldForYou: '預かり中の額',
    moneyHeldByYou: '預けている額',
    moneyGot: '受け取った額',
    moneyPaid: '支払った額',
    moneyBack: '戻った額',
    moneyFee: 'うち手数料',
    moneyNote: 'すべての契約の合計です。',
    contracts: '契約',
    noContracts: '契約は、まだありません。',
    applications: '応募した仕事',
    noApplications: '応募した仕事は、まだありません。',
    findWork: '仕事をさがす',
    jobs: '出した募集',
    noJobs: '出した募集は、まだありません。',
    applicants: '応募',
    more: 'つぎを見る',
    notices: 'お知らせ',
    noNotices: 'お知らせは、まだありません。',
    unread: '未読',
    read: '既読',
    markRead: '読んだことにする',
    markAllRead: 'すべて読んだことにする',
    allNotices: 'すべてのお知らせ',
    openDecision: '決定の説明を読む',
    unreadCount: (n) => (n === 0 ? '未読はありません' : `未読 ${n}件`),
    workLead: '待たれていること、応募、契約、お金がここに集まります。',
    hiringLead: '待っている応募、募集、契約、お金がここに集まります。',
    me: 'わたしのこと',
    id: '番号',
    joined: '利用をはじめた日',
    standing: '利用状態',
    standingNames: { good: '利用の制限なし', restricted: '利用の制限あり', suspended: '利用停止中' },
    profile: 'みんなに見えるプロフィール',
    decisions: 'あなたについての決定',
    noDecisions: '決定はありません。',
    decisionsText: '運営が措置をとるときは、必ず人が決め、理由をお伝えします。',
    decision: {
      title: '決定の説明',
      concerning: 'あなたあての説明です。ほかの人には見えません。',
      lead: '運営の担当者が決めたことと、その理由です。',
      back: 'わたしのこと',
      appeal: '不服を申し立てる',
      appealText: '無料です。決めた人とは別の担当者が、はじめから見直します。申し立てたことで不利になることはありません。',
      appealUntil: ['', ' まで申し立てられます。'],
      appealLabel: '申立ての内容',
      appealHint: 'どこが違うか、見てほしいことを書いてください。5,000文字まで。一つの決定に一度だけ申し立てられます。',
      appealButton: '申し立てる',
      appealOver: '申し立てられる期間は終わりました。',
      replaced: 'この決定は、あとの決定に置きかわりました。',
      yours: 'あなたの申立て',
      waiting: '見直しを待っています',
      waitingText: '別の担当者が見直します。結果はお知らせします。',
      outcomes: { uphold: '決定は変わりませんでした', reverse: '申立てが認められ、決定は取り消されました', modify: '申立てを受けて、決定が改められました' },
      reasons: '見直しの理由',
      states: { standing: '続いている決定', ended: '終わった決定', appealed: '見直し中', final: '確定した決定' },
      toJob: '募集を見る',
      newDecision: '改められた決定を読む',
    },
  },
  en: {
    role: { worker: 'Worker', client: 'Client', operator: 'Operator' },
    todo: 'First of all',
    nothingToDo: 'Nothing waits for you now.',
    writeReview: 'Please write a review',
    reviewOf: (title) => `Review “${title}”`,
    applicantsWaiting: 'Please answer those who applied',
    applicantsFor: (n, title) => `${n} ${n === 1 ? 'person' : 'people'} applied for “${title}”`,
    money: 'Money',
    moneyHeldForYou: 'Held in escrow for you',
    moneyHeldByYou: 'Yours in escrow',
    moneyGot: 'Received',
    moneyPaid: 'Paid',
    moneyBack: 'Refunded',
    moneyFee: 'of it fees',
    moneyNote: 'Over all your contracts.',
    contracts: 'Contracts',
    noContracts: 'No contracts yet.',
    applications: 'Jobs you applied for',
    noApplications: 'You have not applied for a job yet.',
    findWork: 'Find work',
    jobs: 'Your job posts',
    noJobs: 'No job posts yet.',
    applicants: 'Applied',
    more: 'More',
    notices: 'Notices',
    noNotices: 'No notices yet.',
    unread: 'unread',
    read: 'read',
    markRead: 'Mark as read',
    markAllRead: 'Mark all as read',
    allNotices: 'All notices',
    openDecision: 'Read the statement',
    unreadCount: (n) => (n === 0 ? 'none unread' : `${n} unread`),
    workLead: 'What waits for you, your applications, contracts and money.',
    hiringLead: 'Who waits for an answer, your job posts, contracts and money.',
    me: 'About me',
    id: 'Id',
    joined: 'Here since',
    standing: 'Standing',
    standingNames: { good: 'In good standing', restricted: 'Restricted', suspended: 'Suspended' },
    profile: 'The profile that everybody sees',
    decisions: 'Decisions about you',
    noDecisions: 'There are none.',
    decisionsText: 'Measures of the marketplace are always decided by a person, who tells you why.',
    decision: {
      title: 'Statement of reasons',
      concerning: 'This is for you. Nobody else sees it.',
      lead: 'What an operator decided, and why.',
      back: 'About me',
      appeal: 'Appeal',
      appealText: 'It is free. Another person than the one who decided looks at everything again. To appeal is never held against you.',
      appealUntil: ['You can appeal until ', '.'],
      appealLabel: 'Your appeal',
      appealHint: 'What is wrong, and what should be looked at. Up to 5,000 characters. A decision can be appealed once.',
      appealButton: 'Send the appeal',
      appealOver: 'The time for an appeal is over.',
      replaced: 'A later decision has taken the place of this one.',
      yours: 'Your appeal',
      waiting: 'Waiting to be judged',
      waitingText: 'Another operator looks at it. You will hear the result.',
      outcomes: { uphold: 'The decision stands', reverse: 'Your appeal was granted and the decision reversed', modify: 'The decision was changed after your appeal' },
      reasons: 'Why',
      states: { standing: 'In force', ended: 'Ended', appealed: 'Under appeal', final: 'Final' },
      toJob: 'See the job',
      newDecision: 'Read the changed decision',
    },
  },
})
