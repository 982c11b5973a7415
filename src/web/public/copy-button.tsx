import { Glyph } from './glyph.tsx'
import type { PublicTexts } from './texts/public-texts.ts'

/** Copies the text of the element `of`. Hidden until the script that makes it work has run. */
export const CopyButton = ({ of, texts }: { of: string; texts: PublicTexts }) => (
  <button class="btn ghost xs" type="button" data-copy={of} data-copied={texts.copied} hidden>
    <Glyph name="copy" small />
    <span aria-live="polite">{texts.copy}</span>
  </button>
)
