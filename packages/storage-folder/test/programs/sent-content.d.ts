/** What is sent as the save of this number. */
export function sentContent(name: string, number: number): Buffer
