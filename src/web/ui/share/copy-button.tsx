import { Icon } from '../../../platform/page/icon.tsx'

/** Copies the text of the element `of`. Hidden until the script that makes it work has run: without it the text is there to be selected. */
export const CopyButton = ({ of, copy, copied, what }: { of: string; copy: string; copied: string; what?: string }) => (
  <button class="btn ghost xs" type="button" data-copy={of} data-copied={copied} hidden>
    <Icon name="copy" small />
    <span aria-live="polite">{copy}</span>
    {what && <span class="unseen"> {what}</span>}
  </button>
)
