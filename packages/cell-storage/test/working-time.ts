/** Milliseconds for which this process has worked so far: those in which others had the processor do not count. */
export function workingTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
