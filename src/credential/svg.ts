declare const drawn: unique symbol
/** A picture that this room has drawn: every text in it is escaped. Nothing else is of this type. */
export type Svg = string & { readonly [drawn]: true }
