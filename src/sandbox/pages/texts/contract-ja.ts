import type { ContractTimer } from '../../escrow/contract.ts'
import type { Around, ContractTexts, Figures, Names } from './contract-texts.ts'
import { figureTexts } from './figure-texts.ts'

const { yen } = figureTexts.ja

function ended({ released, fee, refunded }: Figures, names: Names): string {
  const paid = released > 0 ? `${names.worker}さんに${yen(released)}（手数料${yen(fee)}を引いた額）` : ''
  const back = refunded > 0 ? `${names.client}に${yen(refunded)}` : ''
  if (paid && back) return `${paid}が支払われ、${back}が戻りました。`
  if (paid) return `${paid}が支払われました。`
  return back ? `${back}が戻りました。` : 'お金は動いていません。'
}

const timers: Readonly<Record<ContractTimer, Around>> = {
  payment: ['', ' までに支払われないと、この契約は自動で取り消されます。'],
  'auto-accept': ['', ' に自動で検収され、支払われます。'],
  'auto-cancel': ['', ' までに納品がないと、自動で取り消され、預かっているお金は依頼者に戻ります。'],
  dispute: ['', ' までに決まらなければ、納品された分を支払い、残りを戻します。'],
  'pay-by': ['', ' に、はじめの納品から60日になるため、自動で支払われます（フリーランス法 第4条）。'],
}

/** The same while the marketplace has stepped in: the time is the end of the dispute. */
const disputeTimers = {
  'pay-by': ['', ' までに決まらなければ、はじめの納品から60日になるため、納品された分を支払い、残りを戻します。'],
  dispute: ['', ' までに決まらなければ、納品された分を支払い、残りを戻します。'],
} as const

export const contractJa: ContractTexts = {
  yours: {
    'awaiting-payment': '支払ってください',
    'payment-failed': '支払いが通りませんでした',
    funded: '作業を始めてください',
    'in-progress': '終わったら、納品してください',
    delivered: '納品を確かめて、検収してください',
    'changes-requested': '修正を頼まれています',
    disputed: 'お金の分け方を決めてください',
  },
  theirs: (situation, { client, worker }) =>
    ({
      'awaiting-payment': `${client}の支払いを待っています`,
      'payment-pending': '銀行からの入金を待っています',
      'payment-failed': `${client}の支払いを待っています`,
      funded: `${worker}さんが始めるのを待っています`,
      'in-progress': `${worker}さんの納品を待っています`,
      delivered: `${client}の検収を待っています`,
      'changes-requested': `${worker}さんの修正を待っています`,
      accepted: '検収が済みました',
      released: '支払いが済みました',
      cancelled: '取りやめになりました',
      expired: '支払われないまま、期限が過ぎました',
      disputed: '運営が間に入っています',
      decided: '話し合いの決定が出ました',
    })[situation],
  about: (situation, role, { names, figures }) => {
    switch (situation) {
      case 'awaiting-payment':
        return role === 'client' ? '支払ったお金は市場が預かり（仮払い）、検収が済むまで相手には渡りません。' : '仮払いが済むまで、作業を始めないでください。'
      case 'payment-pending':
        return role === 'client' ? '入金が確かめられると、契約が成立します。' : '入金が確かめられるまで、作業を始めないでください。'
      case 'payment-failed':
        return role === 'client' ? 'お金は動いていません。ほかの方法で、もう一度支払ってください。' : '仮払いが済むまで、作業を始めないでください。'
      case 'funded':
        return role === 'worker' ? `${yen(figures.held)}が仮払いされています。安心して作業を始められます。` : `${yen(figures.held)}を市場が預かっています。始まる前なら、全額を戻して取りやめられます。`
      case 'in-progress':
        return role === 'worker' ? `${yen(figures.held)}が仮払いされています。` : `${yen(figures.held)}を市場が預かっています。納品されたら、7日のうちに検収してください。`
      case 'delivered':
        return role === 'client' ? '検収すると、預かっているお金が支払われます。直してほしいところがあれば、修正を頼めます。' : '検収されるか、期限が来ると、報酬が支払われます。'
      case 'changes-requested':
        return role === 'client' ? '直したものが届いたら、検収してください。このままでよければ、いま検収することもできます。' : '直したら、もう一度納品してください。'
      case 'accepted':
        return 'まもなく支払われます。'
      case 'disputed':
        return `決まるまで、預かっている${yen(figures.held)}は動きません。`
      case 'expired':
        return '契約は成立していません。お金は動いていません。必要なら、もう一度契約を結んでください。'
      case 'released':
      case 'cancelled':
      case 'decided':
        return ended(figures, names)
      default:
        return situation satisfies never
    }
  },
  timer: (timer, disputed) => (disputed ? disputeTimers[timer === 'pay-by' ? 'pay-by' : 'dispute'] : timers[timer]),
  timerName: { payment: '支払いの期限', 'auto-accept': '自動で検収', 'auto-cancel': '自動で取り消し', dispute: '決定の期限', 'pay-by': '自動で支払い' },
  cancelTask: '取りやめの申し出に答えてください',
  cancelAsked: (name) => `${name}が、取りやめを申し出ています。同意すると、預かっているお金は依頼者に戻ります。`,
  cancelAskedYours: '取りやめを申し出ました。相手が同意すると、預かっているお金は依頼者に戻ります。納品されると、申し出は消えます。',
  decidedByRule: '期限までに決まらなかったため、決まりにしたがって分けました。',
  milestoneState: { open: '作業中', delivered: '検収待ち', 'changes-requested': '修正中', accepted: '検収済み', released: '支払い済み', refunded: '返金' },
  statusName: {
    'awaiting-payment': '支払い待ち',
    'payment-pending': '入金の確認中',
    'payment-failed': '支払い待ち',
    funded: '仮払い済み',
    'in-progress': '作業中',
    delivered: '検収待ち',
    'changes-requested': '修正中',
    accepted: '検収済み',
    released: '支払い済み',
    cancelled: '取りやめ',
    expired: '期限切れ',
    disputed: '話し合い中',
    decided: '決定済み',
  },
  between: ({ client, worker }) => `${client} → ${worker}さん`,
  gone: '退会した人',
  back: '契約の一覧',
  backToOperators: '契約とお金',
  actions: 'できること',
  nothingToDo: 'いま、することはありません。',
  forOperators: '運営として代わりに進める',
  reason: '理由',
  reasonHint: '二人に見える記録に残ります。',
  pay: {
    button: (amount) => `${amount}を支払う`,
    method: '支払い方法',
    methods: {
      card: ['カード', 'すぐに支払われます'],
      'bank-transfer': ['銀行振込', '入金が確かめられるまで、少しかかります'],
      declined: ['使えないカード（見本）', '断られるとどうなるかを試せます'],
    },
  },
  provider: '決済会社の代わりをする（体験用）',
  providerText: '見本の市場なので、銀行からの返事をここで選べます。',
  providerPaid: '入金があった',
  providerFailed: '入金できなかった',
  start: '作業を始める',
  startText: '始めたあとは、依頼者だけの判断では取りやめられません。',
  milestone: '区切り',
  said: { delivered: '届いた納品', 'changes-requested': '頼まれた修正' },
  deliver: '納品する',
  deliverNote: '納品の内容',
  deliverHint: 'どこに何があるか、確かめてほしいところを書いてください。',
  accept: '検収する',
  acceptButton: (amount) => `検収して、${amount}を支払う`,
  acceptText: (worker) => `${worker}さんに支払われます。あとから戻すことはできません。`,
  changes: '修正を頼む',
  changesButton: '修正を頼む',
  changesNote: '直してほしいところ',
  changesHint: 'どこを、どう直すかを書いてください。はじめに頼んだ内容の範囲で頼めます。',
  release: '一部を先に支払う',
  releaseButton: '先に支払う',
  releaseAmount: '支払う額',
  releaseHint: (held) => `預かっている${held}のうちから支払います。残りは、そのまま預かります。`,
  cancel: '取りやめる',
  cancelAlone: '取りやめる',
  cancelAsk: '取りやめを申し出る',
  cancelAgree: '取りやめに同意する',
  cancelText: {
    unpaid: 'まだ支払いがないので、お金は動きません。',
    alone: '預かっているお金は、全額が依頼者に戻ります。あとから取り消すことはできません。',
    ask: '作業が始まっているので、相手の同意がいります。同意があると、預かっているお金は依頼者に戻ります。',
    agree: '預かっているお金は、依頼者に戻ります。あとから取り消すことはできません。',
  },
  dispute: '話し合いで解決できないとき',
  disputeButton: '運営に入ってもらう',
  disputeNote: 'なにがあったか',
  disputeText: '運営の担当者が両方の話を確かめて、お金の分け方を決めます。決まるまで、お金は動きません。',
  decide: {
    title: 'お金の分け方',
    text: (held) => `預かっている${held}を、二人に分けます。決めると、すぐに支払われます。`,
    toWorker: (worker) => `${worker}さんに支払う額（手数料を含む）`,
    toClient: (client) => `${client}に戻す額`,
    button: 'この分け方に決める',
  },
  correct: {
    title: '手数料から返す',
    text: (fee) => `市場が受け取った手数料${fee}のうちから返します。帳簿には新しい行として残ります。`,
    to: 'だれに',
    amount: '返す額',
    button: '手数料から返す',
  },
  facts: '契約',
  amount: '契約の金額',
  held: '市場が預かっている額',
  paid: '働く人に支払われた額',
  fee: '手数料',
  feeAbout: (percent) => `支払いの${percent}%`,
  refunded: '依頼者に戻った額',
  parties: '契約した人',
  client: '依頼者',
  worker: '働く人',
  job: 'もとの募集',
  made: '契約を結んだ日',
  category: '仕事の種類',
  payBy: '支払いの最後の日',
  milestones: '区切り',
  milestoneCount: (n) => `${n}つ`,
  delivered: '納品',
  timeline: 'これまで',
  happened: {
    created: '契約を申し込みました',
    'payment-started': '支払いの手続きをしました',
    'payment-failed': '支払いが通りませんでした',
    funded: '仮払いが済み、契約が成立しました',
    'late-payment-returned': '期限のあとに入金があり、そのまま戻しました',
    started: '作業を始めました',
    delivered: '納品しました',
    'changes-requested': '修正を頼みました',
    accepted: '検収しました',
    released: '支払われました',
    'cancel-proposed': '取りやめを申し出ました',
    cancelled: '取りやめになりました',
    expired: '支払いの期限が過ぎました',
    disputed: '運営に入るよう頼みました',
    decided: 'お金の分け方が決まりました',
    corrected: '手数料から返しました',
  },
  by: { system: '自動', operator: '運営' },
  operatorReason: '理由',
  ledger: {
    title: 'お金の記録',
    balanced: (sum) => `借方と貸方は ${sum} で一致しています`,
    empty: 'お金はまだ動いていません',
    about:
      '一つの取引は二つ以上の行になり、借方と貸方の合計がいつも同じです。貸方はその口座に入った額、借方はその口座から出た額です。決済会社だけは、市場のお金が置いてある所なので、借方が入った額です。',
    when: '日時',
    what: 'できごと',
    account: '口座',
    debit: '借方',
    credit: '貸方',
    total: '合計',
    kinds: {
      payment: '依頼者の支払い',
      hold: '仮払いとして預かり',
      release: '仮払いからの支払い',
      refund: '仮払いからの返金',
      correction: '手数料からの返却',
      payout: '働く人の口座への振込',
      'refund-payment': '依頼者への払い戻し',
    },
    accounts: { provider: '決済会社', escrow: 'この契約の仮払い', fee: '市場の手数料' },
    transfers: '決済会社とのやりとり',
    transferKinds: { payment: '支払い', payout: '振込', refund: '払い戻し' },
    transferStates: { pending: '手続き中', succeeded: '済み', failed: 'できなかった' },
  },
}
