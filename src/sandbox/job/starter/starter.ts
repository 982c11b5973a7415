/** Fixed pay, in yen, up to which a job is one to start with. */
export const STARTER_YEN = 30_000
/** Applicants from which a newcomer has little hope. */
export const MANY_APPLICANTS = 3
/** Contracts that a client paid before newcomers are sent to them. */
export const CLIENT_PAID = 3
