/** A number as people type it, with full-width digits, grouping commas or a real minus, as a program reads it. */
export const plainNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/^−/, '-')
    .replace(/,(?=\d{3}(\D|$))/g, '')
