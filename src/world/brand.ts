/** A text of the marketplace's: in some languages, and one for all others. */
export interface BrandText {
  readonly otherwise: string
  readonly in: Readonly<Record<string, string>>
}

export interface BrandLogo {
  readonly type: 'image/svg+xml' | 'image/png'
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Where the marketplace's own pages are; `{worker}`, `{exam}` and `{language}` are filled in by `brandLink`. */
export interface BrandLinks {
  /** A worker's profile. */
  readonly profile?: string | undefined
  /** Jobs that ask for what an exam shows. */
  readonly jobs?: string | undefined
  /** Where a worker is offered a job. */
  readonly hiring?: string | undefined
  /** Whom to ask. */
  readonly support?: string | undefined
}

/** How the marketplace shows itself. Whatever it did not set is absent, and pages have words of their own for it. */
export interface Brand {
  readonly name?: BrandText | undefined
  readonly shortName?: BrandText | undefined
  readonly logo?: BrandLogo | undefined
  /** Hue and chroma of actions and selections; lightness is the house's. */
  readonly hue: number
  readonly chroma: number
  readonly words: { readonly worker?: BrandText | undefined; readonly client?: BrandText | undefined }
  readonly links: BrandLinks
}

export const HOUSE_COLOUR = { hue: 262, chroma: 0.125 } as const

/** Of a marketplace that has set nothing. */
export const noBrand: Brand = { ...HOUSE_COLOUR, words: {}, links: {} }
