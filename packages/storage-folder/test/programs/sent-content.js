/** What is sent as the save of this number: of any size up to 200 KB, and never the same twice. */
export function sentContent(name, number) {
  const head = `${name} ${number}\n`
  const size = (number * 7919 + name.length * 104_729) % (number % 2 ? 3000 : 200_000)
  return Buffer.concat([Buffer.from(head), Buffer.alloc(size, head)])
}

/** Whether the save of this number is one of those that come with more than the content of the file. */
export const isCarrying = (number) => number % 4 > 1

/** What is sent beside the content. */
export const sentBeside = (name, number) => sentContent(`beside ${name}`, number)
