import type { HolderStory } from '../../../credential/holder-state.ts'
import type { ExamPage } from '../../../flows/read-catalogue.ts'
import type { HeldCertificate } from '../../../flows/read-holder-story.ts'
import type { JobFeed } from '../../../flows/read-job-feed.ts'
import type { Priority } from '../../../flows/read-priority.ts'
import type { ResultView } from '../../../flows/read-result.ts'
import type { PageContext } from '../../ui/page-context.ts'

/** Where the marketplace's own pages are. */
export interface Places {
  readonly profile?: string | undefined
  readonly jobs?: string | undefined
  readonly support?: string | undefined
}

export interface ResultProps {
  readonly context: PageContext
  readonly result: ResultView
  readonly now: number
  readonly places: Places
  readonly issuer: { readonly name: string; readonly origin: string }
  /** Of a pass that is certified: the certificate as it stands now. */
  readonly held?: HeldCertificate | undefined
  /** While the marketplace shows who passed on first pages with priority. */
  readonly priority?: Priority | undefined
  /** Open jobs that the marketplace names for the exam. */
  readonly jobs?: JobFeed | undefined
  /** The exam as it is now, with whether and when it may be sat again; undefined where it is not published any more. */
  readonly exam?: ExamPage | undefined
}

/** By which a page knows whether what it shows of a certificate is still so. */
export const stateKeyOf = ({ state, steps, retry }: HolderStory): string =>
  [state, ...steps.map(({ is }) => is), retry?.nth ?? ''].join('.')

type Part = NonNullable<ResultView['part']>

/** What the score of this attempt is measured by: the floor of its part, or the cut of the whole exam. */
export const cutOf = ({ part, passScore }: ResultView): number =>
  part?.decision.parts.find((one) => one.part === part.id)?.floor ?? passScore

/** The part that has no score yet, while the decision is open. */
export const nextPartOf = ({ decision }: Part): Part['id'] | undefined =>
  decision.state === 'open' ? decision.parts.find(({ score }) => score === undefined)?.part : undefined
