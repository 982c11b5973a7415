/** `open` waits for a person; `independent` and `confirmed` are what one has decided. */
export const blockStates = ['open', 'independent', 'confirmed'] as const
export type BlockState = (typeof blockStates)[number]
