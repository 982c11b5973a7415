/** Milliseconds of processor that this process has used: what else a machine does, does not count. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
