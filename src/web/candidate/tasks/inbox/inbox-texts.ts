/** The finished sentences of an inbox's script; what stands in braces is filled in there. */
export type InboxTexts = Readonly<Record<'todo' | 'writing' | 'done', string>>
