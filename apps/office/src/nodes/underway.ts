/** What has been passed on to other nodes and has not ended yet. */
export class Underway {
  readonly #all = new Set<{ readonly node: string; readonly cut: () => void }>()

  get isEmpty(): boolean {
    return this.#all.size === 0
  }

  /** Has `cut` called when the node is thought dead, until what is returned is called. */
  add(node: string, cut: () => void): () => void {
    const one = { node, cut }
    this.#all.add(one)
    return () => this.#all.delete(one)
  }

  /** Ends whatever waits for a node that is not there any more: nobody else would tell. */
  keepOnly(isAlive: (node: string) => boolean): void {
    for (const one of [...this.#all]) {
      if (isAlive(one.node)) continue
      this.#all.delete(one)
      one.cut()
    }
  }
}
