import process from 'node:process'

const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)

/** What chance begins with. It is the same in each run of `npm test`, and another in each of `npm run explore`. */
export const seed = numberOf('EXPLORE_SEED', 1)

/** How often each property is tested, each time with cases of its own. */
export const times = numberOf('EXPLORE_TIMES', 1)

/** How long a property is tested again at most, in milliseconds. */
export const longest = numberOf('EXPLORE_SECONDS', 0) * 1000
