import { type Duration, days, hours, milliseconds, minutes } from '../../kernel/instant.ts'
import type { Random } from '../../kernel/random.ts'
import type { Contract } from '../escrow/contract.ts'
import type { Act } from '../escrow/steps.ts'
import { findContract } from '../escrow/store.ts'
import { proposeContract } from '../flows/propose-contract.ts'
import { takeContractStep } from '../flows/take-contract-step.ts'
import { replyToReview, writeReview } from '../flows/write-review.ts'
import type { Category } from '../people/worker.ts'
import { axesOf, type HiddenAnswers, otherSide, type ReviewSide, replyClosesAt, type Stars } from '../review/review.ts'
import { reviewBy } from '../review/store.ts'
import { between, normal, pick } from '../simulation/draw.ts'
import { drawStars } from '../simulation/judge-work.ts'
import { changeNotes, comments, deliveryNotes, disputeNotes, halves, replies, settledReason } from './past.data.ts'
import { done, type Past } from './past.ts'

/** Where a contract stands when the demonstration opens. */
export type RunningStage =
  | 'proposed'
  | 'funded'
  | 'in-progress'
  | 'delivered'
  | 'changes-requested'
  | 'disputed'
  | 'second-half'

/** How a contract ended: paid without a review, with one or with two; accepted by time; called off; decided by an operator. */
export type Ending = 'released' | 'one-sided' | 'reviewed' | 'left-alone' | 'cancelled' | 'decided'

export interface Deal {
  readonly client: string
  readonly worker: string
  readonly category: Category
  readonly title: string
  readonly amount: number
  /** For which post somebody is hired, once it is there. */
  readonly job?: (() => string | undefined) | undefined
}

/** One contract as it is lived: its id is known from the proposal on. */
interface Story extends Deal {
  id: string
  readonly level: number
}

type By = 'client' | 'worker' | 'operator'

/** Stars in the middle. */
const CENTRE = 4.3
const SPREAD = 0.55

const moodOf = (level: number): 'good' | 'fair' | 'poor' => (level >= 4 ? 'good' : level >= 3.1 ? 'fair' : 'poor')

/** A little later, so that not everything is at the full hour. */
const some = (random: Random, least: number, most: number): Duration =>
  milliseconds(hours(1) * (least + random.unit() * (most - least)))

const before = (base: Duration, earlier: Duration): Duration => milliseconds(base + earlier)

/** What people agree on and do, up to where the demonstration opens. */
export class Trade {
  private readonly past: Past
  private readonly random: Random

  constructor(past: Past) {
    this.past = past
    this.random = past.draws('trade')
  }

  private story(deal: Deal): Story {
    return { ...deal, id: '', level: Math.min(5, Math.max(2, CENTRE + SPREAD * normal(this.random))) }
  }

  private step(story: Story, by: By, act: Act, reason?: string): Promise<Contract> {
    return this.past
      .person(by === 'operator' ? 'opr_demo' : story[by])
      .then((person) => takeContractStep(this.past.market, { contract: story.id, person, act, reason }))
      .then(done)
  }

  /** The part that is worked on now. */
  private async part(story: Story): Promise<string> {
    const contract = await findContract(this.past.market.db, story.id)
    return contract?.milestones.find(({ status }) => status !== 'released')?.id ?? ''
  }

  /** A client proposes and pays in; with a bank transfer the money is still on its way. */
  private begin(
    story: Story,
    ago: Duration,
    of: { readonly paid?: 'card' | 'bank-transfer'; readonly inTwo?: boolean },
  ) {
    const { client, worker, category, title, amount, job } = story
    const half = Math.floor(amount / 2)
    this.past.ago(ago, async () => {
      const milestones = of.inTwo
        ? { milestones: halves.map((part, nth) => ({ title: `${title} ${part}`, amount: nth ? amount - half : half })) }
        : {}
      const proposed = await proposeContract(
        this.past.market,
        { person: await this.past.person(client) },
        { job: job?.(), worker, category, title, amount, ...milestones },
      )
      story.id = done(proposed).id
      const transfer = this.past.market.newId('trf')
      await this.step(story, 'client', { type: 'fund', transfer, method: of.paid ?? 'card' })
    })
  }

  private start(story: Story, ago: Duration) {
    this.past.ago(ago, () => this.step(story, 'worker', { type: 'start' }))
  }

  private deliver(story: Story, ago: Duration) {
    const note = pick(this.random, deliveryNotes)
    this.past.ago(ago, async () =>
      this.step(story, 'worker', { type: 'deliver', milestone: await this.part(story), note }),
    )
  }

  private accept(story: Story, ago: Duration) {
    this.past.ago(ago, async () => this.step(story, 'client', { type: 'accept', milestone: await this.part(story) }))
  }

  /** Begins so that it is delivered so long ago. */
  private upToDelivery(story: Story, ago: Duration, inTwo = false) {
    const work = some(this.random, 40, 260)
    this.begin(story, before(ago, before(work, some(this.random, 3, 20))), { inTwo })
    this.start(story, before(ago, work))
    this.deliver(story, ago)
  }

  private hiddenOf(level: number): HiddenAnswers {
    const again = Math.min(10, Math.max(0, Math.round(7.5 + (level - CENTRE) * 4 + normal(this.random))))
    return { again, safe: 'yes', note: '' }
  }

  /** One side reviews the other. */
  review(story: Story, side: ReviewSide, ago: Duration, instead?: { stars: number; hidden: HiddenAnswers }) {
    const level = instead?.stars ?? story.level
    const stars: Stars = drawStars(this.random, level, axesOf[side])
    const said = comments[side][moodOf(level)]
    const comment = pick(this.random, said)
    const hidden = instead?.hidden ?? this.hiddenOf(level)
    const draft = { stars: instead ? allOf(side, 5) : stars, comment, hidden }
    this.past.ago(ago, async () => {
      const person = await this.past.person(story[side])
      done(await writeReview(this.past.market, { contract: story.id, person, draft, requestKey: null }))
    })
  }

  /** A contract under way. */
  runs(deal: Deal, stage: RunningStage): void {
    const story = this.story(deal)
    const { random } = this
    if (stage === 'proposed') this.begin(story, minutes(between(random, 2, 8)), { paid: 'bank-transfer' })
    else if (stage === 'funded') this.begin(story, some(random, 1, 40), {})
    else if (stage === 'in-progress') {
      const started = some(random, 4, 400)
      this.begin(story, before(started, some(random, 2, 20)), {})
      this.start(story, started)
    } else if (stage === 'delivered') this.upToDelivery(story, some(random, 2, 140))
    else if (stage === 'changes-requested') {
      const asked = some(random, 5, 60)
      this.upToDelivery(story, before(asked, some(random, 6, 60)))
      const note = pick(random, changeNotes)
      this.past.ago(asked, async () =>
        this.step(story, 'client', { type: 'request-changes', milestone: await this.part(story), note }),
      )
    } else if (stage === 'disputed') this.dispute(story, some(random, 20, 90))
    else if (stage === 'second-half') {
      const accepted = some(random, 10, 120)
      this.upToDelivery(story, before(accepted, some(random, 10, 80)), true)
      this.accept(story, accepted)
    } else stage satisfies never
  }

  private dispute(story: Story, ago: Duration) {
    this.upToDelivery(story, before(ago, some(this.random, 10, 80)))
    const note = pick(this.random, disputeNotes)
    this.past.ago(ago, () => this.step(story, 'client', { type: 'dispute', note }))
  }

  /** A contract that ended so many days ago. */
  ended(deal: Deal, ending: Ending, daysAgo: number): Story {
    const story = this.story(deal)
    const ago = before(days(daysAgo), some(this.random, 0, 12))
    if (ending === 'cancelled') {
      this.begin(story, before(ago, some(this.random, 5, 30)), {})
      this.past.ago(ago, () => this.step(story, 'client', { type: 'cancel' }))
    } else if (ending === 'decided') {
      this.dispute(story, before(ago, days(3)))
      this.past.ago(ago, () =>
        this.step(
          story,
          'operator',
          {
            type: 'decide',
            releaseToWorker: Math.ceil(story.amount * 0.7),
            refundToClient: story.amount - Math.ceil(story.amount * 0.7),
          },
          settledReason,
        ),
      )
    } else if (ending === 'left-alone') this.upToDelivery(story, before(ago, days(8)))
    else {
      this.upToDelivery(story, before(ago, some(this.random, 8, 90)))
      this.accept(story, ago)
      if (ending !== 'released') this.reviews(story, daysAgo, ending === 'reviewed')
    }
    return story
  }

  /** Reviews within the week after the work was accepted. */
  private reviews(story: Story, daysAgo: number, both: boolean) {
    const first: ReviewSide = this.random.below(3) === 0 ? 'worker' : 'client'
    const wrote = days(daysAgo - 0.2 - 1.5 * this.random.unit())
    this.review(story, first, wrote)
    if (both) this.review(story, otherSide(first), milliseconds(wrote - hours(1) * between(this.random, 2, 72)))
  }

  /** A worker answers what was written about them, while that can be answered. */
  reply(story: Story): void {
    const text = replies[story.level >= 4 ? 0 : 1]
    this.past.ago(days(1), async () => {
      const person = await this.past.person(story.worker)
      const about = await reviewBy(this.past.market.db, story.id, 'client')
      if (!about?.revealedAt || this.past.market.now() >= replyClosesAt(about.revealedAt)) return
      done(await replyToReview(this.past.market, { review: about.review.id, person, text, requestKey: null }))
    })
  }
}

const allOf = (side: ReviewSide, stars: number): Stars => Object.fromEntries(axesOf[side].map((axis) => [axis, stars]))
