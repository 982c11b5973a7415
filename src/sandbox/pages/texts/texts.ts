import type { CredentialStatus } from '../../../marketplace/contract.ts'
import type { Category, StandingStatus } from '../../people/worker.ts'
import type { SandboxProblem } from '../../problem.ts'
import type { Axis } from '../../review/totals.ts'
import type { Tab } from '../parts/layout.tsx'

export type Locale = 'ja' | 'en'

/** Everything the pages say. */
export interface Texts {
  readonly market: string
  readonly tagline: string
  readonly footer: string
  readonly skip: string
  readonly menu: string
  readonly tabs: Readonly<Record<Tab, string>>
  account: {
    readonly signIn: string
    readonly signOut: string
    readonly title: string
    readonly lead: string
    readonly newcomers: string
    readonly workers: string
    readonly clients: string
    readonly operators: string
    readonly special: string
    readonly enter: string
    readonly anyone: string
    readonly anyoneHint: string
    readonly unknown: string
    clock(date: string): string
  }
  readonly category: Readonly<Record<Category, string>>
  readonly allCategories: string
  readonly exam: Readonly<Record<Category, string>>
  /** What a certificate is called whose title is in the language of its exam. */
  certificateTitle(title: string, exam: string): string
  readonly axis: Readonly<Record<Axis, string>>
  readonly badgeStatus: Readonly<Record<CredentialStatus, string>>
  readonly standing: Readonly<Record<StandingStatus, string>>
  level(level: number): string
  date(text: string): string
  search: {
    title(category: string | undefined): string
    found(n: number): string
    readonly words: string
    readonly go: string
    readonly narrow: string
    readonly certificate: string
    readonly certified: string
    readonly reviewCount: string
    readonly bands: { readonly none: string; readonly few: string; readonly many: string }
    readonly rate: string
    readonly rateFrom: string
    readonly rateTo: string
    readonly apply: string
    readonly nobody: string
    readonly clear: string
    readonly pages: string
    page(page: number, of: number): string
    readonly previous: string
    readonly next: string
    readonly footnote: string
    readonly footnoteLink: string
    readonly categories: string
  }
  person: {
    readonly rank: string
    readonly newcomer: string
    readonly trial: string
    readonly noReviews: string
    reviews(n: number): string
    clients(n: number): string
    rate(yen: number): readonly [before: string, amount: string, after: string]
    readonly why: string
    readonly whyTrial: string
    readonly fromReviews: string
    readonly fromCertificate: string
    readonly gauge: readonly [string, string, string, string, string]
    summary: {
      reviews(n: number): string
      readonly newcomer: string
      certified(about: number): string
      fading(n: number, percent: number): string
      readonly trial: string
    }
  }
  profile: {
    reviewsTitle(n: number): string
    readonly ofClients: string
    readonly latest: string
    readonly fromClient: string
    readonly certificates: string
    readonly noCertificate: string
    readonly noCertificateNext: string
    passed(date: string): string
    until(date: string): string
    readonly verify: string
    readonly take: string
    takeOf(exam: string): string
    readonly weight: string
    weightText(about: number, n: number, percent: number): readonly [string, string, string]
    readonly weightFallback: string
    readonly weightNote: string
    readonly weightLink: string
    readonly weightPlot: string
    weightPlotDescription(percents: readonly { readonly n: number; readonly percent: number }[], now: { readonly n: number; readonly percent: number } | undefined): string
    readonly axisReviews: string
    plotCount(n: number): string
    plotNow(percent: number): string
    readonly why: string
    place(category: string, position: number): string
    readonly absent: string
    readonly demo: string
    readonly demoText: string
    readonly standingTitle: string
    readonly standingButtons: Readonly<Record<StandingStatus, string>>
    badgeAlt(title: string): string
  }
  ranking: {
    readonly title: string
    readonly lead: string
    readonly formulaTitle: string
    readonly formulaLegend: readonly (readonly [string, string])[]
    readonly fadeTitle: string
    readonly fadeText: string
    readonly trialTitle: string
    readonly trialText: string
    readonly countsTitle: string
    readonly counts: readonly string[]
    readonly codesTitle: string
    readonly codes: readonly (readonly [string, string])[]
  }
  notice: {
    readonly notFound: string
    readonly notFoundText: string
    readonly erased: string
    readonly erasedText: string
    readonly refused: string
    readonly refusedText: string
    /** What to tell people for a refusal's code. */
    readonly why: Readonly<Partial<Record<SandboxProblem['code'], string>>>
    readonly back: string
  }
}
