import { days } from '../../kernel/instant.ts'
import { QUANTITY } from './quantity.data.ts'

/** A job's quality is a product of factors in 0..1: clarity × trust × client. It halves with every week since it was published. */
export const FRESHNESS_HALF_LIFE = days(7)

/** What no factor falls below: a logarithm has to exist. */
const LEAST = 1 / 64

export const log2Factor = (factor: number): number => Math.log2(Math.min(1, Math.max(LEAST, factor)))

/** A post as far as its clarity goes. */
export interface PostText {
  readonly title: string
  readonly body: string
  readonly hasDeadline: boolean
}

/** Characters from which a text says enough. */
const ENOUGH_TEXT = 240
const TITLE = { least: 8, most: 60 } as const

export interface Clarity {
  /** Share of `ENOUGH_TEXT`, 0..1. */
  readonly text: number
  readonly title: boolean
  readonly quantity: boolean
  readonly deadline: boolean
}

/** How clearly a post says what is to be done. Nothing here judges the words themselves. */
export function clarityOf({ title, body, hasDeadline }: PostText): Clarity {
  const length = [...title.trim()].length
  return {
    text: Math.min(1, [...body.trim()].length / ENOUGH_TEXT),
    title: length >= TITLE.least && length <= TITLE.most,
    quantity: QUANTITY.test(body.normalize('NFKC')),
    deadline: hasDeadline,
  }
}

/** Factor of the clarity, 0.4..1. */
export const clarityFactor = ({ text, title, quantity, deadline }: Clarity): number =>
  0.4 + 0.3 * text + 0.1 * Number(title) + 0.1 * Number(quantity) + 0.1 * Number(deadline)

/** What is left of a place while a person has still to look at the post. */
const WAITING = 1 / 4

/** Factor of the detector: the probability that the post is in order, and a quarter of it while a person has still to look. */
export const trustFactor = (any: number, waits: boolean): number => (1 - any) * (waits ? WAITING : 1)

/** What is known of a client as somebody to work for. */
export interface ClientFigures {
  /** Contracts that were paid in and have ended, other than by the worker's own choice. */
  readonly concluded: number
  /** Those of them that were paid in full, without refund and without dispute. */
  readonly paid: number
  /** How many workers these were with. */
  readonly paidWorkers: number
  /** Contracts whose work was accepted, and the days that it took after the last delivery, summed. */
  readonly accepted: number
  readonly acceptanceDays: number
  /** Revealed reviews by workers, and their stars for the clarity of the request, summed. */
  readonly requests: number
  readonly requestSum: number
}

export const unknownClient: ClientFigures = {
  concluded: 0,
  paid: 0,
  paidWorkers: 0,
  accepted: 0,
  acceptanceDays: 0,
  requests: 0,
  requestSum: 0,
}

/** What is assumed of a client, and how many observations the assumption weighs. */
const assumed = {
  paid: { mean: 0.9, weight: 5 },
  acceptanceDays: { mean: 3, weight: 3 },
  request: { mean: 4, weight: 3 },
} as const

/** A mean drawn towards what is assumed, the more so the fewer the observations. */
const shrunk = (sum: number, n: number, { mean, weight }: { readonly mean: number; readonly weight: number }): number =>
  (sum + mean * weight) / (n + weight)

export interface ClientView {
  /** Expected share of contracts that are paid without trouble, 0..1. */
  readonly paid: number
  /** Expected days from delivery to acceptance. */
  readonly acceptanceDays: number
  /** Expected stars for the clarity of the request, 1..5. */
  readonly request: number
}

export const viewClient = (figures: ClientFigures): ClientView => ({
  paid: shrunk(figures.paid, figures.concluded, assumed.paid),
  acceptanceDays: shrunk(figures.acceptanceDays, figures.accepted, assumed.acceptanceDays),
  request: shrunk(figures.requestSum, figures.requests, assumed.request),
})

/** Days of waiting for acceptance that halve this part of the factor. */
const SLOW_DAYS = 14

/** Factor of the client, 0..1: paying counts most (squared), then clear requests, then quick acceptance. */
export function clientFactor(figures: ClientFigures): number {
  const { paid, acceptanceDays, request } = viewClient(figures)
  return paid ** 2 * (0.6 + 0.4 * ((request - 1) / 4)) * (0.7 + 0.3 * 2 ** (-acceptanceDays / SLOW_DAYS))
}

/** Quality by a job's place, 0..1: the stored sum of logarithms, with the time since its publication taken off. */
export const placeScore = (rank: number, now: number): number => 2 ** (rank - now / FRESHNESS_HALF_LIFE)
