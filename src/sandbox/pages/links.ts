import type { Locale } from './texts.ts'

/** An address within the sandbox that keeps the reader's language; empty parameters are left out. */
export function link(
  locale: Locale,
  path: string,
  parameters: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one !== '') query.append(name, one)
  }
  if (locale === 'en') query.set('lang', 'en')
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
