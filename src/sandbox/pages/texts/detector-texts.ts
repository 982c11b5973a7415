import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

/** How accurate the detector is, for operators. */
export interface DetectorTexts {
  readonly title: string
  readonly lead: string
  readonly noModel: string
  readonly model: string
  readonly version: string
  readonly trainedOn: string
  posts(posts: number, unlawful: number, authors: number): string
  readonly hash: string
  readonly bands: string
  readonly bandsText: string
  readonly queue: string
  readonly hold: string
  from(threshold: string): string
  readonly publish: string
  readonly overall: string
  readonly overallText: string
  readonly band: string
  readonly precision: string
  readonly recall: string
  readonly ece: string
  readonly flagged: string
  readonly held: string
  readonly any: string
  readonly perKind: string
  readonly kind: string
  readonly truly: string
  readonly told: string
  readonly decisions: string
  decisionsText(n: number): string
  readonly noDecisions: string
  readonly reliability: string
  readonly reliabilityText: string
  readonly plotTitle: string
  plotDescription(points: readonly { readonly said: number; readonly was: number; readonly n: number }[]): string
  readonly said: string
  readonly was: string
  readonly range: string
  readonly count: string
  readonly perfect: string
  readonly confusion: string
  readonly confusionText: string
  readonly decided: string
  readonly none: string
  readonly labels: string
  labelsText(n: number): string
  readonly noLabels: string
  readonly asIs: string
  readonly when: string
  readonly post: string
  readonly verdict: string
  readonly retrain: string
  readonly retrainText: string
  readonly legend: readonly (readonly [term: string, meaning: string])[]
}

export const detectorTexts: Readonly<Record<Locale, DetectorTexts>> = isolating({
  ja: {
    title: '検出の精度',
    lead: '判定器は、募集を確かめる順番を決めるだけです。処分は、いつも人が決めます。',
    noModel: 'この市場は、判定器なしで動いています。',
    model: '判定器',
    version: '版',
    trainedOn: '学習に使った募集',
    posts: (posts, unlawful, authors) => `${posts.toLocaleString('ja-JP')}件（うち違反 ${unlawful.toLocaleString('ja-JP')}件、書き手 ${authors}人）`,
    hash: '学習データの指紋（SHA-256）',
    bands: '三つの扱い',
    bandsText: '「どれかに当たる確率」と「いちばん高い種類の確率」の相乗平均で分けます。',
    publish: 'そのまま公開',
    queue: '公開して人が確かめる',
    hold: '人が確かめるまで止める',
    from: (threshold) => `${threshold}から`,
    overall: '見たことのない書き手の募集で',
    overallText: '書き手ごとに、その人の募集を学習から除いて測った値です。',
    band: '範囲',
    precision: '適合率',
    recall: '再現率',
    ece: '較正誤差',
    flagged: '人が確かめる募集',
    held: '止める募集',
    any: 'どれかに当たる',
    perKind: '種類ごと',
    kind: '種類',
    truly: '当たる募集',
    told: '当たるとした募集',
    decisions: '担当者の決定と比べて',
    decisionsText: (n) => `担当者が決めた募集${n}件について、掲載されたときの確率と比べました。挙がった募集だけなので、全体の精度ではありません。`,
    noDecisions: '担当者が決めた募集は、まだありません。',
    reliability: '確率どおりに当たっているか',
    reliabilityText: '点が斜めの線に近いほど、言った確率と実際が合っています。点の大きさは件数です。',
    plotTitle: '判定器の確率と、実際に違反だった割合',
    plotDescription: (points) => points.map(({ said, was, n }) => `確率${Math.round(100 * said)}%とした${n}件のうち、違反は${Math.round(100 * was)}%`).join('。'),
    said: '判定器の確率（平均）',
    was: '違反だった割合',
    range: '確率の範囲',
    count: '件数',
    perfect: '一致の線',
    confusion: '何を何と見たか',
    confusionText: '行が本当の種類、列が判定器の見立てです。違反が複数ある募集は、それぞれの行に数えます。',
    decided: '本当の種類',
    none: 'なし',
    labels: '次の学習を待つ決定',
    labelsText: (n) => `いまの判定器が学んでいない決定が${n}件あります。`,
    noLabels: '新しい決定はありません。',
    asIs: '問題なし',
    when: '決めた日時',
    post: '募集',
    verdict: '決定',
    retrain: '学習し直すには',
    retrainText: '端末で次のように打ちます。早い決定で学び、あとの決定で試した値が表示されます。新しい判定器は、市場を起動し直すと使われます。',
    legend: [
      ['適合率', '当たるとした募集のうち、本当に当たる割合'],
      ['再現率', '本当に当たる募集のうち、見つけた割合'],
      ['較正誤差', '言った確率と実際の割合との差の平均。0に近いほどよい'],
    ],
  },
  en: {
    title: 'How accurate the detector is',
    lead: 'The detector decides only in which order people look at posts. Measures are always decided by a person.',
    noModel: 'This marketplace runs without a detector.',
    model: 'The detector',
    version: 'Version',
    trainedOn: 'Trained on',
    posts: (posts, unlawful, authors) => `${posts.toLocaleString('en-US')} posts (${unlawful.toLocaleString('en-US')} against a rule, ${authors} authors)`,
    hash: 'Fingerprint of the training set (SHA-256)',
    bands: 'Three bands',
    bandsText: 'By the geometric mean of the probability of any breach and that of the likeliest kind.',
    publish: 'published',
    queue: 'published while a person looks',
    hold: 'held until a person has looked',
    from: (threshold) => `from ${threshold}`,
    overall: 'On posts of authors it has not seen',
    overallText: "Measured by leaving each author's posts out of the training.",
    band: 'Band',
    precision: 'Precision',
    recall: 'Recall',
    ece: 'Calibration error',
    flagged: 'Posts that a person looks at',
    held: 'Posts that are held',
    any: 'Any breach',
    perKind: 'Per kind',
    kind: 'Kind',
    truly: 'Truly of it',
    told: 'Told to be',
    decisions: "Against operators' decisions",
    decisionsText: (n) =>
      `The probabilities at the time of posting against what operators decided, for ${n} ${n === 1 ? 'post' : 'posts'}. Only posts that came up are among them: this is not the accuracy over all.`,
    noDecisions: 'Operators have not decided about any post yet.',
    reliability: 'Whether probabilities come true',
    reliabilityText: 'The nearer a point is to the diagonal, the better what was said agrees with what was. Larger points stand for more posts.',
    plotTitle: 'Probability told by the detector and share of posts that broke a rule',
    plotDescription: (points) => points.map(({ said, was, n }) => `of ${n} posts told ${Math.round(100 * said)}%, ${Math.round(100 * was)}% broke a rule`).join('; '),
    said: 'Probability told (mean)',
    was: 'Share that broke a rule',
    range: 'Probabilities',
    count: 'Posts',
    perfect: 'agreement',
    confusion: 'What was taken for what',
    confusionText: 'Rows are what posts truly are, columns what the detector suspected. A post of several kinds counts in each row.',
    decided: 'Truly',
    none: 'none',
    labels: 'Decisions that wait for the next training',
    labelsText: (n) => `The detector has not learnt from ${n} ${n === 1 ? 'decision' : 'decisions'} yet.`,
    noLabels: 'There are no new decisions.',
    asIs: 'no breach',
    when: 'Decided',
    post: 'Post',
    verdict: 'Decision',
    retrain: 'How to train it anew',
    retrainText: 'Type this in a terminal. It trains on the earlier decisions, is tested on the later ones, and shows the figures. The marketplace uses the new detector when it is started again.',
    legend: [
      ['Precision', 'of the posts told to be of a kind, the share that truly are'],
      ['Recall', 'of the posts that truly are, the share that was found'],
      ['Calibration error', 'mean distance between probabilities told and shares observed; 0 is best'],
    ],
  },
})
