interface SearchFieldProps {
  /** What is looked for, for those who do not see the hint. */
  readonly name: string
  readonly hint: string
  /** What was looked for. */
  readonly value: string
  readonly maxLength: number
}

/** The field of a page's search, `q` in its address. */
export const SearchField = ({ name, hint, value, maxLength }: SearchFieldProps) => (
  <label class="seek">
    <span class="unseen">{name}</span>
    <input
      class="input"
      type="search"
      name="q"
      value={value}
      placeholder={hint}
      maxlength={maxLength}
      autocomplete="off"
      spellcheck={false}
    />
  </label>
)
