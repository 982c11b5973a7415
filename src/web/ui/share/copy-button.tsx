/** Copies the text of the element `of`. Hidden until the script that makes it work has run: without it the text is there to be selected. */
export const CopyButton = ({ of, copy, copied, what }: { of: string; copy: string; copied: string; what?: string }) => (
  <button class="btn ghost xs" type="button" data-copy={of} data-copied={copied} hidden>
    <svg class="icon small" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d="M7.5 7.5v-3a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-3M4.5 7.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z" />
    </svg>
    <span aria-live="polite">{copy}</span>
    {what && <span class="unseen"> {what}</span>}
  </button>
)
