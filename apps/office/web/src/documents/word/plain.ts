/** Plain data, without what is undefined. */
export const plain = (value: { toJSON(): unknown }): unknown => JSON.parse(JSON.stringify(value.toJSON()))
