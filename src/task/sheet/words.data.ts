/** The slots that the generator fills: where the data begin and end, and how many questions there are. */
export const LAYOUT_SLOTS = { first: '始まりの行', last: '終わりの行', questions: '問の数' } as const
