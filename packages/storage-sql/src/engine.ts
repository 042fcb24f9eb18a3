/** Whose SQL is spoken. */
export type Engine = 'postgres' | 'sqlite'
