/** What the lint had to say about a bank when it was checked: kept beside the version for whoever reads it. */
export interface LintNote {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** `office.ja.md:20:3`. */
  readonly where: string
  /** In the language of whoever checked. */
  readonly message: string
  /** The item it is about, where it is about one. */
  readonly item?: string
}
