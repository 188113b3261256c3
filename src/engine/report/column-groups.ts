/**
 * Columns in groups of about equal width, every group with one column at least.
 *
 * @param widths of all columns
 * @returns the first column of each group, from 1 on, and how many it has
 */
export function columnGroups(
  widths: readonly number[],
  count: number,
): readonly { readonly column: number; readonly span: number }[] {
  const columns = widths.length
  if (count > columns) throw new Error(`${count} figures need as many columns; the sheet has ${columns}`)
  const widthUpTo = (end: number): number => widths.slice(0, end).reduce((sum, width) => sum + width, 0)
  const ends: number[] = []
  for (let group = 1; group <= count; group++) {
    const wanted = (widthUpTo(columns) * group) / count
    let end = (ends.at(-1) ?? 0) + 1
    const most = columns - (count - group)
    while (end < most && Math.abs(widthUpTo(end + 1) - wanted) <= Math.abs(widthUpTo(end) - wanted)) end++
    ends.push(group === count ? columns : end)
  }
  return ends.map((end, index) => {
    const start = ends[index - 1] ?? 0
    return { column: start + 1, span: end - start }
  })
}
