/** In front of titles. What was issued is known by it: it never changes. */
export const MARK = { ja: '【デモ】', en: 'Demonstration: ' } as const

/** In both languages: whoever verifies need not know the one of the certificate. */
export const SAYS =
  'デモです。問題と正答は公開されており、合格は能力を示しません。 A demonstration: its questions and answers are public, and passing it shows no ability.'
