/** Orders strings by UTF-16 code units: alike on every machine and in every locale. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Orders by name, as `byCodeUnits`. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  byCodeUnits(a.name, b.name)
