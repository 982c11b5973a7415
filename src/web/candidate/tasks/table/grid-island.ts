/** The cells of a table to put in order. The page works without it, and the exam's island saves them. */
export {}
