/** How people of a simulated market behave, in memory and over HTTP alike. None of it is measured: they are assumptions. */

/** Contracts that one person works on at once. */
export const CAPACITY = 2
/** Days for which a post is open. */
export const OPEN_DAYS = 30
/** A client looks at who is there so many days after posting, and so often in all, a day apart, if nobody is to their liking. */
export const LOOKS_AFTER = { least: 1, most: 3 } as const
export const TRIES = 3
/** Visits of the job board a day, as a share of the workers; posts that they look at; how often one that was read is applied to. */
export const VISITS = 0.012
export const BOARD = 20
export const APPLIES = 0.6
/** Posters who use the suggestions, how often each of the four is invited, and how often the invited apply. */
export const INVITES = { posters: 0.4, each: 0.5, applies: 0.7 } as const
/** Newcomers who apply for one of the jobs of a weekly notice, in its four weeks. */
export const REACTS = { certified: 0.25, other: 0.12 } as const
export const NOTICE_DAYS = 28
/** A failed attempt may be followed by another after so many days; the exams ask for 14. */
export const SECOND_TRY_AFTER = 15
/** How much better or worse a practical task suits somebody than their ability says: its standard deviation, as a share of the points. */
export const TASK_SUITS = 0.16
