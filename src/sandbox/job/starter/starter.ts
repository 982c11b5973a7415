/** Fixed pay, in yen, up to which a job is one to start with. */
export const STARTER_YEN = 30_000
