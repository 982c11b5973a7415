import type { ContractTimer } from '../../escrow/contract.ts'
import type { Around, ContractTexts, Figures, Names } from './contract-texts.ts'
import { figureTexts } from './figure-texts.ts'

const { yen } = figureTexts.en

function ended({ released, fee, refunded }: Figures, names: Names): string {
  const paid = released > 0 ? `${yen(released)} (after a fee of ${yen(fee)}) went to ${names.worker}` : ''
  const back = refunded > 0 ? `${yen(refunded)} went back to ${names.client}` : ''
  if (paid && back) return `${paid}; ${back}.`
  return paid || back ? `${paid}${back}.` : 'No money was moved.'
}

const timers: Readonly<Record<ContractTimer, Around>> = {
  payment: ['Without a payment by ', ', this contract is cancelled by itself.'],
  'auto-accept': ['It is accepted and paid by itself on ', '.'],
  'auto-cancel': ['Without a delivery by ', ', it is cancelled by itself and the money goes back to the client.'],
  dispute: ['If nothing is decided by ', ', delivered work is paid and the rest refunded.'],
  'pay-by': ['It is paid by itself on ', ', 60 days after the first delivery (Freelance Act, art. 4).'],
}

/** The same while the marketplace has stepped in: the time is the end of the dispute. */
const disputeTimers = {
  'pay-by': ['If nothing is decided by ', ', 60 days after the first delivery, delivered work is paid and the rest refunded.'],
  dispute: ['If nothing is decided by ', ', delivered work is paid and the rest refunded.'],
} as const

export const contractEn: ContractTexts = {
  yours: {
    'awaiting-payment': 'Please pay',
    'payment-failed': 'The payment did not go through',
    funded: 'You can start',
    'in-progress': 'Deliver when you are done',
    delivered: 'Look at the delivery and accept it',
    'changes-requested': 'Changes are asked for',
    disputed: 'Decide how the money is shared',
  },
  theirs: (situation, { client, worker }) =>
    ({
      'awaiting-payment': `Waiting for ${client} to pay`,
      'payment-pending': 'Waiting for the bank',
      'payment-failed': `Waiting for ${client} to pay`,
      funded: `Waiting for ${worker} to start`,
      'in-progress': `Waiting for ${worker} to deliver`,
      delivered: `Waiting for ${client} to accept`,
      'changes-requested': `Waiting for ${worker} to make changes`,
      accepted: 'Accepted',
      released: 'Paid',
      cancelled: 'Cancelled',
      expired: 'Not paid in time',
      disputed: 'The marketplace has stepped in',
      decided: 'Decided',
    })[situation],
  about: (situation, role, { names, figures }) => {
    switch (situation) {
      case 'awaiting-payment':
        return role === 'client' ? 'The marketplace holds your money in escrow; it goes to the other side only when you accept the work.' : 'Please do not start before the money is in escrow.'
      case 'payment-pending':
        return role === 'client' ? 'The contract is formed once the money has arrived.' : 'Please do not start before the money has arrived.'
      case 'payment-failed':
        return role === 'client' ? 'No money was moved. Please pay again in another way.' : 'Please do not start before the money is in escrow.'
      case 'funded':
        return role === 'worker'
          ? `${yen(figures.held)} are in escrow, so it is safe to start.`
          : `The marketplace holds ${yen(figures.held)}. Until the work begins you can cancel and get all of it back.`
      case 'in-progress':
        return role === 'worker' ? `${yen(figures.held)} are in escrow.` : `The marketplace holds ${yen(figures.held)}. After a delivery you have 7 days to accept it.`
      case 'delivered':
        return role === 'client' ? 'Accepting pays out what is held. If something has to be put right, ask for changes.' : 'You are paid when it is accepted, or when the time is over.'
      case 'changes-requested':
        return role === 'client' ? 'Accept it when it comes back. If it will do as it is, you can accept it now.' : 'Deliver again when it is done.'
      case 'accepted':
        return 'The money is on its way.'
      case 'disputed':
        return `Until it is decided, the ${yen(figures.held)} that are held do not move.`
      case 'expired':
        return 'No contract was formed and no money was moved. You can make a new one.'
      case 'released':
      case 'cancelled':
      case 'decided':
        return ended(figures, names)
      default:
        return situation satisfies never
    }
  },
  timer: (timer, disputed) => (disputed ? disputeTimers[timer === 'pay-by' ? 'pay-by' : 'dispute'] : timers[timer]),
  timerName: { payment: 'to be paid by', 'auto-accept': 'accepted by itself on', 'auto-cancel': 'cancelled by itself on', dispute: 'decided by', 'pay-by': 'paid by itself on' },
  cancelTask: 'Please answer the proposal to cancel',
  cancelAsked: (name) => `${name} would like to cancel. If you agree, the money that is held goes back to the client.`,
  cancelAskedYours: 'You have proposed to cancel. If the other side agrees, the money that is held goes back to the client. A delivery makes the proposal void.',
  decidedByRule: 'Nothing was decided in time, so it was shared by the rules.',
  milestoneState: { open: 'under way', delivered: 'delivered', 'changes-requested': 'being changed', accepted: 'accepted', released: 'paid', refunded: 'refunded' },
  statusName: {
    'awaiting-payment': 'to be paid',
    'payment-pending': 'payment on its way',
    'payment-failed': 'to be paid',
    funded: 'in escrow',
    'in-progress': 'under way',
    delivered: 'to be accepted',
    'changes-requested': 'being changed',
    accepted: 'accepted',
    released: 'paid',
    cancelled: 'cancelled',
    expired: 'expired',
    disputed: 'in dispute',
    decided: 'decided',
  },
  between: ({ client, worker }) => `${client} → ${worker}`,
  gone: 'somebody who left',
  back: 'Your contracts',
  backToOperators: 'Contracts and money',
  actions: 'What you can do',
  nothingToDo: 'There is nothing to do now.',
  forOperators: 'Act on their behalf',
  reason: 'Why',
  reasonHint: 'Both sides can read it in the history.',
  pay: {
    button: (amount) => `Pay ${amount}`,
    method: 'How to pay',
    methods: {
      card: ['Card', 'Paid at once'],
      'bank-transfer': ['Bank transfer', 'Takes until the money has arrived'],
      declined: ['A card that is declined (example)', 'To see what happens then'],
    },
  },
  provider: 'Play the payment provider (demo)',
  providerText: 'This is a model market: choose here what the bank answers.',
  providerPaid: 'The money arrived',
  providerFailed: 'It did not',
  start: 'Start the work',
  startText: 'Once it has begun, the client cannot cancel alone.',
  milestone: 'Part',
  said: { delivered: 'What was delivered', 'changes-requested': 'What was asked for' },
  deliver: 'Deliver',
  deliverNote: 'What you deliver',
  deliverHint: 'Say what is where, and what to look at.',
  accept: 'Accept',
  acceptButton: (amount) => `Accept and pay ${amount}`,
  acceptText: (worker) => `${worker} is paid. This cannot be undone.`,
  changes: 'Ask for changes',
  changesButton: 'Ask for changes',
  changesNote: 'What has to be put right',
  changesHint: 'Say where and how, within what was agreed.',
  release: 'Pay a part early',
  releaseButton: 'Pay this part',
  releaseAmount: 'Amount',
  releaseHint: (held) => `It is paid out of the ${held} that are held. The rest stays in escrow.`,
  cancel: 'Cancel',
  cancelAlone: 'Cancel the contract',
  cancelAsk: 'Propose to cancel',
  cancelAgree: 'Agree to cancel',
  cancelText: {
    unpaid: 'Nothing was paid yet, so no money moves.',
    alone: 'All money that is held goes back to the client. This cannot be undone.',
    ask: 'The work has begun, so the other side has to agree. Then the money that is held goes back to the client.',
    agree: 'The money that is held goes back to the client. This cannot be undone.',
  },
  dispute: 'If you cannot settle it between you',
  disputeButton: 'Ask the marketplace to step in',
  disputeNote: 'What happened',
  disputeText: 'An operator hears both sides and decides how the money is shared. Until then it does not move.',
  decide: {
    title: 'How the money is shared',
    text: (held) => `The ${held} that are held are shared between the two. It is paid at once.`,
    toWorker: (worker) => `To ${worker} (fee included)`,
    toClient: (client) => `Back to ${client}`,
    button: 'Decide so',
  },
  correct: {
    title: 'Give back from the fee',
    text: (fee) => `It is taken from the fee of ${fee} that the marketplace kept. The books get new lines.`,
    to: 'To whom',
    amount: 'Amount',
    button: 'Give back',
  },
  facts: 'The contract',
  amount: 'Amount agreed',
  held: 'Held in escrow',
  paid: 'Paid to the worker',
  fee: 'Fee',
  feeAbout: (percent) => `${percent}% of what is paid`,
  refunded: 'Back to the client',
  parties: 'Between',
  client: 'Client',
  worker: 'Worker',
  job: 'Job post',
  made: 'Made on',
  category: 'Kind of work',
  payBy: 'Paid at the latest on',
  milestones: 'Parts',
  milestoneCount: (n) => String(n),
  delivered: 'Delivered',
  timeline: 'What happened',
  happened: {
    created: 'Contract proposed',
    'payment-started': 'Payment begun',
    'payment-failed': 'The payment did not go through',
    funded: 'Money in escrow, contract formed',
    'late-payment-returned': 'Money came after the deadline and was sent back',
    started: 'Work started',
    delivered: 'Delivered',
    'changes-requested': 'Changes asked for',
    accepted: 'Accepted',
    released: 'Paid to the worker',
    'cancel-proposed': 'Proposed to cancel',
    cancelled: 'Cancelled',
    expired: 'The time for the payment ran out',
    disputed: 'The marketplace was asked to step in',
    decided: 'It was decided how the money is shared',
    corrected: 'A part of the fee was given back',
  },
  by: { system: 'by itself', operator: 'the marketplace' },
  operatorReason: 'Why',
  ledger: {
    title: 'The books',
    balanced: (sum) => `debits and credits agree at ${sum}`,
    empty: 'no money has moved yet',
    about:
      'A transaction is two lines or more, whose debits and credits are always equal. A credit came into the account, a debit went out of it; only for the payment provider, where the market’s money lies, a debit came in.',
    when: 'When',
    what: 'What',
    account: 'Account',
    debit: 'Debit',
    credit: 'Credit',
    total: 'Total',
    kinds: {
      payment: 'paid by the client',
      hold: 'taken into escrow',
      release: 'released from escrow',
      refund: 'refunded from escrow',
      correction: 'given back from the fee',
      payout: 'sent to the worker’s bank',
      'refund-payment': 'sent back to the client',
    },
    accounts: { provider: 'Payment provider', escrow: 'Escrow of this contract', fee: 'Fees of the marketplace' },
    transfers: 'With the payment provider',
    transferKinds: { payment: 'Payment', payout: 'Payout', refund: 'Refund' },
    transferStates: { pending: 'on its way', succeeded: 'done', failed: 'failed' },
  },
}
