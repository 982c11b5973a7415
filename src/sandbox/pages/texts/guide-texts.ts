import type { StoryStep } from '../../flows/show-story.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

interface StepTexts {
  readonly title: string
  readonly text: string
}

/** The first page: the story of a newcomer, told by doing. */
export interface GuideTexts {
  readonly title: string
  readonly lead: string
  readonly story: string
  readonly storyText: string
  readonly nobody: string
  readonly choose: string
  chooseAbout(page: number, position: number): string
  start(name: string): string
  readonly another: string
  readonly anotherText: string
  readonly now: string
  readonly place: string
  placeOf(page: number, position: number): string
  readonly absent: string
  moved(from: number, to: number): string
  readonly certificate: string
  readonly noCertificate: string
  weightOf(percent: number): string
  readonly notCounted: string
  readonly reviews: string
  reviewsOf(n: number): string
  readonly done: string
  readonly steps: Readonly<Record<StoryStep, StepTexts>>
  readonly doIt: string
  readonly orPlay: string
  readonly profile: string
  readonly search: string
  take(name: string): string
  readonly takeAlone: string
  readonly takeByCommand: string
  readonly verify: string
  /** What to do, and as whom. */
  doneBy(act: string, name: string): string
  readonly theClient: string
  readonly hire: string
  readonly open: string
  readonly write: string
  readonly look: string
  readonly play: Readonly<Record<'contract' | 'work' | 'reviews' | 'fade', string>>
  readonly playText: string
  fadeAt(reviews: number, percent: number): string
  readonly ranking: string
  readonly finished: string
  readonly finishedText: string
  readonly clock: string
  clockText(time: string): string
  movedBy(days: number, fired: number): string
  readonly forward: string
  days(n: number): string
  readonly clockHints: readonly string[]
  readonly signedOut: string
  readonly more: string
  readonly moreItems: readonly { readonly text: string; readonly as: string; readonly next: string; readonly button: string }[]
  readonly staff: string
  readonly staffText: string
  readonly operator: string
  readonly author: string
  readonly state: string
  readonly people: string
  peopleCount(n: number): string
  readonly newcomers: string
  readonly certified: string
  readonly plugin: string
}

const ja: GuideTexts = {
  title: '検定を、市場の中で体験する',
  lead: 'ここは見本のフリーランス市場です。働く人と評価はすべて架空で、検定サービスとは公開されたAPIだけでやりとりしています。',
  story: '新しい人の物語',
  storyText: '評価も検定もない人が、検定に受かり、はじめての契約を結び、評価が集まって、検定が薄れるまで。上から順に進めてください。',
  nobody: '例にできる人がいません。',
  choose: '主人公を選ぶ',
  chooseAbout: (page, position) => `${page}ページ目（${position}位）`,
  start: (name) => `${name}さんではじめる`,
  another: 'ほかの人ではじめ直す',
  anotherText: '評価のない人から選べます。いまの人の契約や評価は、そのまま残ります。',
  now: 'いまの主人公',
  place: '順位',
  placeOf: (page, position) => `${page}ページ目（${position}位）`,
  absent: '検索に出ていません',
  moved: (from, to) => `はじめは${from}ページ目、いまは${to}ページ目です。`,
  certificate: '検定の重み',
  noCertificate: '検定なし',
  weightOf: (percent) => `はじめの${percent}%`,
  notCounted: '数えていない',
  reviews: '評価',
  reviewsOf: (n) => `${n}件`,
  done: '済み',
  steps: {
    start: { title: 'だれも見ないページにいる', text: '実績がないと、よい仕事ができる人でも後ろのページに埋もれます。まず、いまの位置を見てください。' },
    exam: { title: 'その人として受験する', text: '5分間だけ使える署名つきの許可証で、検定サービスへ移ります。ログインは要りません。この一歩だけは、あなたの番です。' },
    badge: { title: '証明書が届き、順位が上がる', text: '合格すると数秒で届きます。市場は署名を確かめてから表示し、評価 約3件分の情報として順位に入れます。不合格なら、何も届きません。' },
    contract: { title: 'はじめての契約', text: '依頼者が見つけて契約を申し込み、代金を市場に預けます。契約した時点の証明書が記録されます。' },
    work: { title: '納品、検収、支払い', text: '働く人が納品し、依頼者が検収すると、手数料を引いた額が支払われます。検収がなければ、7日後に自動で検収されます。' },
    reviews: { title: 'お互いに評価する', text: '二人とも書くまで、または30日たつまで、相手には見えません。そろうと同時に公開され、順位に入ります。' },
    fade: { title: '評価が集まると、検定は薄れる', text: '検定ははじめの手がかりです。違う依頼者との契約が増えるほど、評価が重くなり、検定は軽くなります。' },
  },
  doIt: '自分でする',
  orPlay: 'おまかせ',
  profile: 'プロフィールを見る',
  search: '並び順で見る',
  take: (name) => `${name}さんとして受験する`,
  takeAlone: '飛ばして先へ進むこともできます。その場合は、検定のない人の物語になります。',
  takeByCommand: '端末からなら、全問正解で受験させられます。',
  verify: '証明書を確かめる',
  doneBy: (act, name) => `${name}として${act}`,
  theClient: '依頼者',
  hire: '契約を申し込む',
  open: '契約を開く',
  write: '評価を書く',
  look: '契約を見る',
  play: {
    contract: '依頼者に契約と支払いをさせる',
    work: '納品と検収まで進める',
    reviews: '二人に評価を書かせる',
    fade: 'もう1件、評価まで進める',
  },
  playText: '市場の本当の手続きを、登場人物の代わりに行います。',
  fadeAt: (reviews, percent) => `評価${reviews}件で、検定の重みははじめの${percent}%です。`,
  ranking: '並び順のしくみ',
  finished: '物語は最後まで進みました',
  finishedText: '評価が増えるほど、順位は本人の評価で決まっていきます。',
  clock: '市場の時計',
  clockText: (time) => `いまは ${time} です。進めると、期限の来たことがすべて起こります。戻すことはできません。`,
  movedBy: (days, fired) => (fired === 0 ? `${days}日進めました。期限の来たことはありませんでした。` : `${days}日進めました。期限の来たことが${fired}件、起こりました。`),
  forward: '時計を進める',
  days: (n) => `${n}日`,
  clockHints: ['7日：納品が自動で検収されます', '30日：書かれた評価が公開されます', '75日：納品のない契約が自動で終わります'],
  signedOut: 'ログインは30日で切れます。',
  more: 'ほかに試せること',
  moreItems: [
    { text: '通報や検出で挙がった募集を確かめ、理由をつけて決める', as: 'opr_demo', next: '/operators/queue', button: '運営の担当者として' },
    { text: 'あやしい募集を出してみる（LINEへ誘う、登録料を求めるなど）', as: 'cli_07', next: '/jobs/new', button: '依頼者として' },
    { text: '募集をさがして応募する、おかしな募集を通報する', as: 'wrk_003', next: '/jobs', button: '働く人として' },
  ],
  staff: '検定サービスの管理画面へ',
  staffText: '市場のスタッフとして、検定サービスの側を開きます。',
  operator: '運営として開く',
  author: '作問者として開く',
  state: 'いまの市場',
  people: '働く人',
  peopleCount: (n) => `${n}人`,
  newcomers: '評価のまだない人',
  certified: '有効な検定のある人',
  plugin: '検定サービス',
}

const en: GuideTexts = {
  title: 'See what a certificate does',
  lead: 'A freelance marketplace to try things in. All people and reviews are invented; it talks with the certification service over the public API only.',
  story: "A newcomer's story",
  storyText: 'From nobody with neither reviews nor a certificate, through the exam, the badge, a first contract and its reviews, until the certificate fades. Go from top to bottom.',
  nobody: 'There is nobody to show it on.',
  choose: 'Choose whose story it is',
  chooseAbout: (page, position) => `page ${page} (place ${position})`,
  start: (name) => `Begin with ${name}`,
  another: 'Begin again with somebody else',
  anotherText: 'Anybody without reviews. Contracts and reviews of the present one stay as they are.',
  now: 'Whose story it is',
  place: 'Place',
  placeOf: (page, position) => `page ${page} (place ${position})`,
  absent: 'no search finds them',
  moved: (from, to) => `Page ${from} at the start, page ${to} now.`,
  certificate: 'Weight of the certificate',
  noCertificate: 'no certificate',
  weightOf: (percent) => `${percent}% of its first`,
  notCounted: 'does not count',
  reviews: 'Reviews',
  reviewsOf: (n) => String(n),
  done: 'done',
  steps: {
    start: { title: 'On a page that nobody opens', text: 'Without a history even somebody good is buried far down. First see where they stand.' },
    exam: { title: 'Take the exam as this person', text: 'A signed pass for five minutes takes you over to the certification service; no sign-in. This step alone is yours.' },
    badge: {
      title: 'The badge arrives, and the place rises',
      text: 'Within seconds of a pass. The marketplace checks the signature before it shows the badge, and counts it like about 3 reviews. Of a failure it hears nothing.',
    },
    contract: { title: 'The first contract', text: 'A client finds them, proposes a contract and pays into escrow. Which certificate stood then is put on record.' },
    work: { title: 'Delivery, acceptance, payment', text: 'The worker delivers, the client accepts, the money less the fee is paid out. Without an acceptance it is accepted by itself after 7 days.' },
    reviews: { title: 'Both review each other', text: 'Neither sees the other’s until both are written or 30 days are over. Then both are shown at once and count in the order.' },
    fade: { title: 'As reviews come, the certificate fades', text: 'A certificate is where it begins. With every contract for another client reviews weigh more and the certificate less.' },
  },
  doIt: 'Do it yourself',
  orPlay: 'Or have it done',
  profile: 'See the profile',
  search: 'See the order',
  take: (name) => `Take the exam as ${name}`,
  takeAlone: 'You can go on without it. It is then the story of somebody without a certificate.',
  takeByCommand: 'From a terminal the exam can be passed for them:',
  verify: 'Check the certificate',
  doneBy: (act, name) => `${act} as ${name}`,
  theClient: 'the client',
  hire: 'Propose a contract',
  open: 'Open the contract',
  write: 'Write the review',
  look: 'See the contract',
  play: {
    contract: 'Have a client hire and pay',
    work: 'Have it delivered and accepted',
    reviews: 'Have both write their reviews',
    fade: 'One more contract, with reviews',
  },
  playText: "Takes the marketplace's real steps in the place of its people.",
  fadeAt: (reviews, percent) => `With ${reviews} ${reviews === 1 ? 'review' : 'reviews'} the certificate has ${percent}% of its first weight.`,
  ranking: 'How the order is made',
  finished: 'The story has been told to its end',
  finishedText: 'The more reviews come, the more the place is made by them alone.',
  clock: "The marketplace's clock",
  clockText: (time) => `It shows ${time}. Moving it makes everything happen that is due by then; it does not go back.`,
  movedBy: (days, fired) =>
    `${days} ${days === 1 ? 'day' : 'days'} later. ${fired === 0 ? 'Nothing was due.' : `${fired} ${fired === 1 ? 'thing' : 'things'} happened that ${fired === 1 ? 'was' : 'were'} due.`}`,
  forward: 'Move the clock',
  days: (n) => (n === 1 ? '1 day' : `${n} days`),
  clockHints: ['7 days: a delivery is accepted by itself', '30 days: a review is revealed', '75 days: a contract without delivery ends'],
  signedOut: 'A sign-in lasts 30 days.',
  more: 'More to try',
  moreItems: [
    { text: 'Look at posts that were reported or detected, and decide with reasons', as: 'opr_demo', next: '/operators/queue?lang=en', button: 'as an operator' },
    { text: 'Post something fishy: move people to LINE, ask for a fee', as: 'cli_07', next: '/jobs/new?lang=en', button: 'as a client' },
    { text: 'Find work and apply, report an odd post', as: 'wrk_003', next: '/jobs?lang=en', button: 'as a worker' },
  ],
  staff: 'To the certification service',
  staffText: "Opens its own pages, as one of the marketplace's staff.",
  operator: 'Open as an operator',
  author: 'Open as an author',
  state: 'The marketplace now',
  people: 'Workers',
  peopleCount: (n) => String(n),
  newcomers: 'Without reviews',
  certified: 'With a valid certificate',
  plugin: 'Certification service',
}

export const guideTexts: Readonly<Record<Locale, GuideTexts>> = isolating({ ja, en })
