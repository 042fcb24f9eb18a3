/** What is sent as the save of this number. */
export function sentContent(name: string, number: number): Buffer
/** Whether the save of this number is one of those that come with more than the content of the file. */
export function isCarrying(number: number): boolean
/** What is sent beside the content. */
export function sentBeside(name: string, number: number): Buffer
