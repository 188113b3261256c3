import type { ReportContent } from '../../stores/report.ts'

/** Hands a file to the browser's downloads. */
export function saveDownload({ name, base64 }: ReportContent): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes]))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken hold of the content by the end of the click.
  URL.revokeObjectURL(url)
}
