/** A node that the session of a document lives on. */
export interface Home {
  /** Unique among all nodes, and another one after every start. */
  readonly node: string
  /** Where other nodes reach its office: an origin. */
  readonly address: string
}

/** What lets a node hold the session of one document, until it is released or another node takes the session over. */
export interface Claim {
  readonly wopiSrc: string
  /** Greater than that of every claim on the document before it. 0: there is one node only, and never another claim. */
  readonly epoch: number
}

/** How the nodes stand, at one moment. */
export interface Standing {
  /** Whether this node still has it. */
  has(claim: Claim): boolean
  /** Whether the lease of a node still runs. */
  isAlive(node: string): boolean
}

/**
 * Where the session of each document lives: on one node at a time. A node has a lease that it extends again and again; once
 * that has run out, others take over what lives there. Whoever was thought dead and is not finds its claims gone.
 */
export interface Homes {
  /** This node. */
  readonly node: string
  /** Has the document's session live here, unless it lives on another node whose lease still runs. */
  claim(wopiSrc: string): Promise<{ readonly claim: Claim } | { readonly home: Home }>
  /** The other node on which the document's session lives. `undefined`: none whose lease still runs. */
  find(wopiSrc: string): Promise<Home | undefined>
  /** Extends the lease of this node. */
  renew(): Promise<Standing>
  /** Lets the session live elsewhere. A claim that another node has taken is none of this one's business. */
  release(claim: Claim): Promise<void>
  /** Ends the lease: whatever is still claimed may be taken over at once. */
  leave(): Promise<void>
}

/** How long a node is trusted to be there after it last said so, in milliseconds. */
export const leaseFor = 8_000

/** Where there is one node, everything lives there. */
export const oneHome = (): Homes => ({
  node: 'only',
  claim: async (wopiSrc) => ({ claim: { wopiSrc, epoch: 0 } }),
  find: async () => undefined,
  renew: async () => ({ has: () => true, isAlive: () => true }),
  release: async () => {},
  leave: async () => {},
})
