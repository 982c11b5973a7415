/**
 * How a marketplace finds out what a certificate is worth, and what it changes for those who hold it.
 *
 * One file without clock, randomness or database: counts go in, figures come out. A marketplace of any size keeps the
 * counts as they come and reads them monthly, so that a reading costs the same however long it has been open. Quality
 * is in standard deviations (SD) of true quality between workers, time in days, shares are 0..1.
 *
 * 1. `nextBelief`: what is believed of an exam, and how much weight its certificate has in the search for it.
 * 2. `noticedEffect`: what it does to be drawn into the newcomers' row: each search draws anew, so each is an experiment.
 *    `underOtherTerms`: what other terms of the lot would have done, read from the same log before anything is changed.
 * 3. `marketEffect`: what row, invitations and weight do to the market, against readers who got none of it.
 * 4. `seenDifference`: what the certificate is worth among those who were hired where it did not count, as a check.
 * 5. `shareByDay`, `medianWait`: how long people wait, those included who still do.
 * 6. `known`, `cell`: what of this may be published.
 *
 * Sources: Madow 1949, "On the theory of systematic sampling, II" (the lot whose probabilities are used here);
 * Hájek 1971, comment on Basu, "An essay on the logical foundations of survey sampling" (the ratio of weighted sums, also
 * called self-normalised importance sampling, SNIPS); Robins, Rotnitzky & Zhao 1994, "Estimation of regression
 * coefficients when some regressors are not always observed" (AIPW); Newcombe 1998, "Interval estimation for the
 * difference between independent proportions", method 10, with Wilson 1927 for each share; Robbins 1970, "Statistical
 * methods related to the law of the iterated logarithm" and Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2021,
 * "Time-uniform central limit theory and asymptotic confidence sequences" (intervals that hold at all readings at once);
 * Abadie, Athey, Imbens & Wooldridge 2023, "When should you adjust standard errors for clustering?";
 * Kaplan & Meier 1958, "Nonparametric estimation from incomplete observations"; Ibrahim & Chen 2000, "Power prior
 * distributions for regression models"; Efron & Tibshirani 1993, "An introduction to the bootstrap".
 */

/** Newcomers who held the certificate when their first contract was made, and those who did not. */
export type Cohort = 'certified' | 'other'

/** People of a cohort with exactly one, two and three counted reviews: a fourth changes nothing. */
export interface FirstReviews {
  /** How many people have 1, 2 and 3. */
  readonly people: readonly [number, number, number]
  /** Sums over these people of the mean of their reviews, in SD of true quality. */
  readonly sums: readonly [number, number, number]
}

export const noReviews: FirstReviews = { people: [0, 0, 0], sums: [0, 0, 0] }

/** What is believed of `d`, the quality of certified newcomers less that of others, in SD: a normal distribution. */
export interface Difference {
  readonly d: number
  readonly sigma: number
}

/** The same as it was just worked out, with the noise in it. */
export interface Estimate extends Difference {
  /** Standard error that the reviews have brought into `d`: by so much it would differ had others been hired and reviewed. */
  readonly noise: number
}

/** What is assumed before there are any data, and instead of those that are missing. */
export const prior: Difference = { d: 0.24, sigma: 0.15 }

/** Variance of one review around its worker's true quality where a quarter of the variance lies between workers: (1 − ¼)/¼. */
const ERROR_VARIANCE = 3

export const countPeople = ({ people }: FirstReviews): number => people[0] + people[1] + people[2]

/** Weights and weighted sum of a cohort: somebody with n reviews has mean quality with variance 1/v, v = 1/(1 + σ²/n). */
function weigh({ people, sums }: FirstReviews): { readonly weight: number; readonly sum: number } {
  const v = (nth: number) => 1 / (1 + ERROR_VARIANCE / (nth + 1))
  return {
    weight: people.reduce((total, n, nth) => total + n * v(nth), 0),
    sum: sums.reduce((total, sum, nth) => total + sum * v(nth), 0),
  }
}

type Reviewed = Readonly<Record<Cohort, FirstReviews>>

/** The difference of the cohort means `Σvm/Σv` and its variance, the sum of both `1/Σv`; undefined without reviews on either side. */
function compareMeans(reviews: Reviewed): { readonly value: number; readonly variance: number } | undefined {
  const [certified, other] = [weigh(reviews.certified), weigh(reviews.other)]
  if (certified.weight === 0 || other.weight === 0) return undefined
  return {
    value: certified.sum / certified.weight - other.sum / other.weight,
    variance: 1 / certified.weight + 1 / other.weight,
  }
}

/**
 * The difference after the data: cohort means `Σvm/Σv` with variances `1/Σv`, and of the prior as much precision as the
 * data still lack of it: a power prior (Ibrahim & Chen 2000) whose power is `max(0, 1 − data/prior)`. So the assumption
 * stands in for what was not seen yet and is gone once the data say as much as it did; σ is that of the prior until then.
 * With the whole prior kept, an exam that many pass without the skill would live on it: after a year of a small market it
 * would still be half of what is believed. Without reviews on either side it is the prior.
 */
export function believe(reviews: Reviewed): Estimate {
  const seen = compareMeans(reviews)
  if (!seen) return { ...prior, noise: 0 }
  const ofData = 1 / seen.variance
  const ofPrior = Math.max(0, 1 / prior.sigma ** 2 - ofData)
  return {
    d: (ofData * seen.value + ofPrior * prior.d) / (ofData + ofPrior),
    sigma: 1 / Math.sqrt(ofData + ofPrior),
    noise: Math.sqrt(ofData) / (ofData + ofPrior),
  }
}

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** Φ, the normal distribution function, of 0 and above, to 10⁻⁷ (Abramowitz & Stegun 1964, 26.2.17). */
function below(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - density(z) * series
}

/**
 * `max(0, x)` of an x with noise, less its bias. Since nothing is below 0, noise raises it: by 0.4 of the noise on average
 * where the true x is 0, by little where it is far from there. This is the parametric bootstrap's correction, in closed form:
 * twice the figure, less its mean if x were the truth (Efron & Tibshirani 1993, ch. 10).
 */
function positivePart(x: number, noise: number): number {
  if (x <= 0 || noise === 0) return Math.max(0, x)
  const z = x / noise
  return Math.max(0, 2 * x - (x * below(z) + noise * density(z)))
}

/**
 * r: how often a certified newcomer is drawn for each time another is, 1..4: `1 + 18·max(0, d − ¾σ − .05)`, corrected for what
 * noise adds to it. The more, the better they work and the surer that is; 2.4 before any data.
 */
export const ratioOf = ({ d, sigma, noise }: Estimate): number =>
  Math.min(4, 1 + 18 * positivePart(d - 0.75 * sigma - 0.05, noise))

/** By what the certificate's weight in the order is multiplied, 0..1.5: 1 at the ratio before any data. */
export const boostFactorOf = (ratio: number): number => Math.min(1.5, (ratio - 1) / 1.4)

/** Whether an exam counts in the search, or was not shown to predict how people work. */
export type BeliefState = 'predicts' | 'not-shown'

export interface Belief extends Difference {
  readonly state: BeliefState
  /** How often a certified newcomer is drawn for each time another is, 1..4. */
  readonly ratio: number
  /** By what the certificate's weight in the order is multiplied, 0..1.5. */
  readonly boostFactor: number
  /** Reviewed newcomers that it rests on. */
  readonly certified: number
  readonly others: number
  /** The version of the exam that it is about; null where none is known. */
  readonly version: string | null
}

/** An exam is stopped on no fewer reviewed newcomers, and certified ones among them. */
const LEAST_REVIEWED = 150
const LEAST_CERTIFIED = 50
/** How sure to be, in standard errors: nine in ten, on one side. */
const SURE = 1.28
/** An exam whose difference is surely below is not shown to predict, and one that surely is above is again: in SD. */
const TOO_LITTLE = 0.1
const ENOUGH = 0.05

function stateAfter(before: BeliefState, { d, sigma }: Difference, of: Pick<Belief, 'certified' | 'others'>) {
  if (before === 'not-shown') return d - SURE * sigma > ENOUGH ? 'predicts' : 'not-shown'
  const mayStop = of.certified >= LEAST_CERTIFIED && of.certified + of.others >= LEAST_REVIEWED
  return mayStop && d + SURE * sigma < TOO_LITTLE ? 'not-shown' : 'predicts'
}

/**
 * What is believed of an exam from now on. `reviews` are those of newcomers whose first contract was made while `version`
 * was the newest: a new version starts afresh. Without news it says the same again.
 *
 * @example
 * nextBelief(undefined, { reviews: { certified: noReviews, other: noReviews }, version: null }).ratio // 2.395
 */
export function nextBelief(
  previous: Pick<Belief, 'state' | 'version'> | undefined,
  now: { readonly reviews: Reviewed; readonly version: string | null },
): Belief {
  const estimate = believe(now.reviews)
  const { d, sigma } = estimate
  const of = { certified: countPeople(now.reviews.certified), others: countPeople(now.reviews.other) }
  const isNew = previous !== undefined && previous.version !== null && previous.version !== now.version
  const state = stateAfter(isNew ? 'predicts' : (previous?.state ?? 'predicts'), estimate, of)
  const ratio = state === 'predicts' ? ratioOf(estimate) : 1
  return { d, sigma, ...of, state, ratio, boostFactor: boostFactorOf(ratio), version: now.version }
}

/** People of one draw who had the same probability of being drawn. */
export interface DrawnClass {
  readonly people: number
  readonly drawn: number
  /** π, 0..1. Where it is 0 or 1 there was nothing to draw, and the class is left out. */
  readonly propensity: number
  /** How many of those drawn, and of the others, the client who searched hired within the time that is looked at. */
  readonly hiredDrawn: number
  readonly hiredOthers: number
}

/** One draw. Draws for one client are not independent: they hire once. */
export interface Draw {
  readonly client: string
  readonly classes: readonly DrawnClass[]
}

/** A figure with its standard error and the ends of its 95 % interval. */
export interface Figure {
  readonly value: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

export interface NoticedEffect {
  /** Probability of being hired by this client: drawn, not drawn, and the difference. */
  readonly drawn: number
  readonly notDrawn: number
  readonly difference: Figure
  readonly clients: number
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054

interface WeightedSums {
  drawnHires: number
  drawnWeight: number
  otherHires: number
  otherWeight: number
}

const nothing = (): WeightedSums => ({ drawnHires: 0, drawnWeight: 0, otherHires: 0, otherWeight: 0 })

function addClass(sums: WeightedSums, { people, drawn, propensity: p, hiredDrawn, hiredOthers }: DrawnClass): void {
  if (p <= 0 || p >= 1) return
  sums.drawnHires += hiredDrawn / p
  sums.drawnWeight += drawn / p
  sums.otherHires += hiredOthers / (1 - p)
  sums.otherWeight += (people - drawn) / (1 - p)
}

/**
 * What being drawn does: share hired by the client who searched among those drawn (each with weight 1/π) less the share
 * among those not drawn (1/(1 − π)), Hájek's ratios. The standard error is linearised and clustered by client, since one
 * client's searches are one decision. Undefined with fewer than two clients, or where nobody was or everybody was drawn.
 */
export function noticedEffect(draws: Iterable<Draw>): NoticedEffect | undefined {
  const byClient = new Map<string, WeightedSums>()
  const all = nothing()
  for (const { client, classes } of draws) {
    const own = byClient.get(client) ?? nothing()
    byClient.set(client, own)
    for (const one of classes) for (const sums of [own, all]) addClass(sums, one)
  }
  const clients = [...byClient.values()].filter((own) => own.drawnWeight + own.otherWeight > 0)
  if (clients.length < 2 || all.drawnWeight === 0 || all.otherWeight === 0) return undefined
  const [drawn, notDrawn] = [all.drawnHires / all.drawnWeight, all.otherHires / all.otherWeight]
  const squares = clients.reduce((sum, own) => {
    const ofDrawn = (own.drawnHires - drawn * own.drawnWeight) / all.drawnWeight
    const ofOthers = (own.otherHires - notDrawn * own.otherWeight) / all.otherWeight
    return sum + (ofDrawn - ofOthers) ** 2
  }, 0)
  const standardError = Math.sqrt((squares * clients.length) / (clients.length - 1))
  const value = drawn - notDrawn
  const difference = { value, standardError, low: value - Z * standardError, high: value + Z * standardError }
  return { drawn, notDrawn, difference, clients: clients.length }
}

/** A class of a draw with the probability that its people would have had under other terms, 0..1. */
export interface OtherwiseClass extends DrawnClass {
  readonly otherwise: number
}

export interface OtherwiseDraw extends Draw {
  readonly classes: readonly OtherwiseClass[]
}

export interface OtherTermsEffect {
  /** Newcomers of the pool whom the client hired, for each search: as it was drawn. */
  readonly now: number
  /** The same under the other terms: doubly robust, and by the ratio of weighted sums alone (SNIPS). */
  readonly otherwise: number
  readonly selfNormalised: number
  /** Doubly robust less now, clustered by client. */
  readonly difference: Figure
  readonly searches: number
}

/**
 * What other terms of the lot would have done, from the log of the present ones. Somebody drawn weighs `π′/π`, somebody not
 * drawn `(1 − π′)/(1 − π)`. The doubly robust figure takes `noticedEffect`'s two shares for everybody and mends them by the
 * weighted residuals (Robins, Rotnitzky & Zhao 1994); the other is the ratio of weighted sums (Hájek 1971). Where nothing
 * was left to the lot, π of 0 or 1, nobody knows more than the shares say. It takes for granted that who else is drawn
 * changes nothing for a newcomer. Undefined where `noticedEffect` is.
 */
export function underOtherTerms(draws: readonly OtherwiseDraw[]): OtherTermsEffect | undefined {
  const shares = noticedEffect(draws)
  if (!shares) return undefined
  const { drawn: m1, notDrawn: m0 } = shares
  const ratio = { drawnHires: 0, drawnWeight: 0, otherHires: 0, otherWeight: 0 }
  const expected = { drawn: 0, notDrawn: 0 }
  const byClient = new Map<string, { searches: number; difference: number }>()
  let [now, otherwise] = [0, 0]
  for (const { client, classes } of draws) {
    let [here, there] = [0, 0]
    for (const { people, drawn, propensity: p, otherwise: q, hiredDrawn, hiredOthers } of classes) {
      here += hiredDrawn + hiredOthers
      there += people * (q * m1 + (1 - q) * m0)
      expected.drawn += people * q
      expected.notDrawn += people * (1 - q)
      if (p <= 0 || p >= 1) continue
      const [a, b] = [q / p, (1 - q) / (1 - p)]
      there += a * (hiredDrawn - drawn * m1) + b * (hiredOthers - (people - drawn) * m0)
      ratio.drawnHires += a * hiredDrawn
      ratio.drawnWeight += a * drawn
      ratio.otherHires += b * hiredOthers
      ratio.otherWeight += b * (people - drawn)
    }
    now += here
    otherwise += there
    const own = byClient.get(client) ?? { searches: 0, difference: 0 }
    byClient.set(client, { searches: own.searches + 1, difference: own.difference + there - here })
  }
  const searches = draws.length
  const value = (otherwise - now) / searches
  const squares = [...byClient.values()].reduce((sum, own) => sum + (own.difference - value * own.searches) ** 2, 0)
  const standardError = Math.sqrt((squares * byClient.size) / (byClient.size - 1)) / searches
  const shareOf = (hires: number, weight: number) => (weight > 0 ? hires / weight : 0)
  const weighted =
    expected.drawn * shareOf(ratio.drawnHires, ratio.drawnWeight) +
    expected.notDrawn * shareOf(ratio.otherHires, ratio.otherWeight)
  return {
    now: now / searches,
    otherwise: otherwise / searches,
    selfNormalised: weighted / searches,
    difference: { value, standardError, low: value - Z * standardError, high: value + Z * standardError },
    searches,
  }
}

/** Units of one arm, and those of them in which it happened (somebody certified was hired; anybody; the work ended well). */
export interface ArmCount {
  readonly units: number
  readonly events: number
}

/**
 * Units that are alike before the arm was drawn, and of one propensity. The unit is what the arm was drawn for, one
 * reader's day: so there is nothing to cluster (Abadie et al. 2023).
 */
export interface Stratum {
  /** Probability of being treated, above 0 and below 1. */
  readonly propensity: number
  readonly treated: ArmCount
  readonly heldOut: ArmCount
}

export interface MarketEffect {
  /** Share of units in which it happens: treated, held out, and the difference with its score interval. */
  readonly treated: number
  readonly heldOut: number
  readonly difference: Figure
  /** Ends of the 95 % confidence sequence: it holds at all readings at once, so that one may look every month. */
  readonly sequence: { readonly low: number; readonly high: number }
  readonly units: { readonly treated: number; readonly heldOut: number }
}

/** So many units like those of the whole arm are added to a stratum's own before its mean is taken; any mean is unbiased here, a calm one is better. */
const CALM = 20

interface ArmCell extends ArmCount {
  /** Units of the stratum in both arms. */
  readonly all: number
  /** Probability of this arm. */
  readonly probability: number
  /** What is expected of a unit of this stratum in this arm. */
  readonly expected: number
}

/** The cells of an arm; undefined where it has no unit. */
function cellsOf(strata: readonly Stratum[], arm: 'treated' | 'heldOut'): ArmCell[] | undefined {
  const units = strata.reduce((sum, stratum) => sum + stratum[arm].units, 0)
  if (units === 0) return undefined
  const mean = strata.reduce((sum, stratum) => sum + stratum[arm].events, 0) / units
  return strata.map((stratum) => ({
    ...stratum[arm],
    all: stratum.treated.units + stratum.heldOut.units,
    probability: arm === 'treated' ? stratum.propensity : 1 - stratum.propensity,
    expected: (stratum[arm].events + CALM * mean) / (stratum[arm].units + CALM),
  }))
}

/** Sum over the units of an arm of some function of their residual, the outcome less what was expected over the probability. */
const overUnits = ({ units, events, expected, probability }: ArmCell, of: (residual: number) => number): number =>
  events * of((1 - expected) / probability) + (units - events) * of(-expected / probability)

const sumOf = (cells: readonly ArmCell[], of: (cell: ArmCell, nth: number) => number): number =>
  cells.reduce((sum, cell, nth) => sum + of(cell, nth), 0)

/** Mean and variance of the mean of the arm's AIPW scores `m + 1{arm}(Y − m)/q` over all units. */
function meanOfArm(cells: readonly ArmCell[], all: number): { readonly mean: number; readonly variance: number } {
  const mean = sumOf(cells, (cell) => cell.all * cell.expected + overUnits(cell, (residual) => residual)) / all
  const squares = sumOf(
    cells,
    (cell) =>
      (cell.all - cell.units) * cell.expected ** 2 + overUnits(cell, (residual) => (cell.expected + residual) ** 2),
  )
  return { mean, variance: Math.max(0, squares / all - mean ** 2) / (all - 1) }
}

/** Wilson's interval of a share whose variance is that of so many plain trials; where nothing varied, as many as its weights are worth (Kish). */
function scoreInterval(cells: readonly ArmCell[], { mean, variance }: ReturnType<typeof meanOfArm>) {
  const share = Math.min(1, Math.max(0, mean))
  const weights = sumOf(cells, (cell) => cell.units / cell.probability)
  const kish = weights ** 2 / sumOf(cells, (cell) => cell.units / cell.probability ** 2)
  const spread = share * (1 - share)
  const n = spread > 0 && variance > 0 ? spread / variance : kish
  const middle = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n)
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt(spread / n + Z ** 2 / (4 * n * n))
  return { low: Math.min(share, middle - half), high: Math.max(share, middle + half), share }
}

/** Units at which the confidence sequence is narrowest in proportion: about a year of a small market. */
const NARROWEST_AT = 5_000
const ALPHA = 0.05

/**
 * How many standard errors wide a confidence sequence is after `n` units, on each side: Robbins' normal mixture in its
 * asymptotic form (Waudby-Smith et al. 2021, theorem 2.2), about 3 near `NARROWEST_AT`.
 */
export function sequenceWidth(n: number): number {
  const log = -2 * Math.log(ALPHA)
  const scaled = (n * (log + Math.log(log) + 1)) / NARROWEST_AT
  return Math.sqrt(((2 * (scaled + 1)) / scaled) * Math.log(Math.sqrt(scaled + 1) / ALPHA))
}

/**
 * What the whole scheme does to readers' searches: augmented inverse probability weighting with the propensity that is
 * known and the mean of each stratum and arm as the regression (Robins, Rotnitzky & Zhao 1994), so that a change of the
 * propensity or of the mix of searches biases nothing. The interval is made of each arm's score interval (Newcombe's
 * method 10): right too when the few held out saw hardly any event. Undefined where an arm has no unit.
 */
export function marketEffect(strata: readonly Stratum[]): MarketEffect | undefined {
  const drawn = strata.filter(
    ({ propensity: p, treated, heldOut }) => p > 0 && p < 1 && treated.units + heldOut.units > 0,
  )
  const [cells, held] = [cellsOf(drawn, 'treated'), cellsOf(drawn, 'heldOut')]
  if (!cells || !held) return undefined
  const all = sumOf(cells, (cell) => cell.all)
  const [ofTreated, ofHeld] = [meanOfArm(cells, all), meanOfArm(held, all)]
  const value = ofTreated.mean - ofHeld.mean
  const [t, h] = [scoreInterval(cells, ofTreated), scoreInterval(held, ofHeld)]
  const below = Math.hypot(t.share - t.low, h.high - h.share)
  const above = Math.hypot(t.high - t.share, h.share - h.low)
  const wider = sequenceWidth(all) / Z
  return {
    treated: ofTreated.mean,
    heldOut: ofHeld.mean,
    difference: {
      value,
      standardError: differenceError(cells, held, { value, all }),
      low: value - below,
      high: value + above,
    },
    sequence: { low: value - below * wider, high: value + above * wider },
    units: { treated: sumOf(cells, ({ units }) => units), heldOut: sumOf(held, ({ units }) => units) },
  }
}

/** Standard error of the mean of the AIPW scores of the difference. */
function differenceError(
  treated: readonly ArmCell[],
  heldOut: readonly ArmCell[],
  { value, all }: { readonly value: number; readonly all: number },
): number {
  const squares = sumOf(treated, (cell, nth) => {
    const other = heldOut[nth] as ArmCell
    const expected = cell.expected - other.expected
    return (
      overUnits(cell, (residual) => (expected + residual - value) ** 2) +
      overUnits(other, (residual) => (expected - residual - value) ** 2)
    )
  })
  return Math.sqrt(squares / all / (all - 1))
}

/**
 * `d` as the reviews alone say it, in SD. Of newcomers who were hired in searches that were held out it is a check of what
 * is believed: there the certificate had no part in who was seen, so that none of the difference comes of that. Undefined
 * without reviews on either side.
 */
export function seenDifference(reviews: Reviewed): Figure | undefined {
  const seen = compareMeans(reviews)
  if (!seen) return undefined
  const standardError = Math.sqrt(seen.variance)
  const half = Z * standardError
  return { value: seen.value, standardError, low: seen.value - half, high: seen.value + half }
}

/** People who wait: for so many days, and whether it came or was only not seen any longer. */
export interface Waited {
  readonly days: number
  readonly came: boolean
  /** How many of whom this holds; one where it is not said. */
  readonly people?: number
}

/** Share for whom it has come by each day 0..`until`: 1 − Kaplan–Meier (1958), so that those who joined late count while they are seen. */
export function shareByDay(waits: readonly Waited[], until: number): number[] {
  const came = new Map<number, number>()
  const left = new Map<number, number>()
  let atRisk = 0
  for (const { days, came: has, people = 1 } of waits) {
    // a clock that was set back makes waits below none
    const day = Math.max(0, Math.floor(days))
    atRisk += people
    left.set(day, (left.get(day) ?? 0) + people)
    if (has) came.set(day, (came.get(day) ?? 0) + people)
  }
  let waiting = 1
  return Array.from({ length: until + 1 }, (_, day) => {
    if (atRisk > 0) waiting *= 1 - (came.get(day) ?? 0) / atRisk
    atRisk -= left.get(day) ?? 0
    return 1 - waiting
  })
}

/** Days by which it has come for half of the people; undefined if it has not come to that within `until` days. */
export function medianWait(waits: readonly Waited[], until: number): number | undefined {
  const half = shareByDay(waits, until).findIndex((share) => share >= 0.5)
  return half < 0 ? undefined : half
}

/** Fewer people than this are no figure yet. */
export const LEAST_KNOWN = 50
/** Fewer people than this are no cell of a table: somebody might be recognised. */
export const LEAST_CELL = 10

/** A figure that rests on so many people, as it may be published: null, "not known yet", while they are too few. */
export const known = <F>(figure: F | undefined, people: number): F | null =>
  people < LEAST_KNOWN || figure === undefined ? null : figure

/** A count as it may be published: null where it is of fewer than ten, none included. */
export const cell = (count: number): number | null => (count < LEAST_CELL ? null : count)
