import { StartError } from './start-error.ts'

/** A port from the environment. @throws a `StartError` when it is none. */
export function readPort(name: string, fallback: number): number {
  const text = process.env[name] ?? String(fallback)
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new StartError(`${name}=${text} is not a port; use 1 to 65535`)
  return port
}
