/** The finished sentences of a manuscript's script; what stands in braces is filled in there. */
export type DraftTexts = Readonly<
  Record<'length' | 'changed' | 'added' | 'removed' | 'undo' | 'more' | 'copied' | 'undone', string>
>
