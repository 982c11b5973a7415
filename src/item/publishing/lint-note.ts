/** What our own lint said about a bank when it was handed in: kept beside the version for whoever reads it. */
export interface LintNote {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** `office.ja.md:20:3`. */
  readonly where: string
  readonly message: string
  /** The item it is about, where it is about one. */
  readonly item?: string
}
