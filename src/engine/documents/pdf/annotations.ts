import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { z } from 'zod'

import type { EmbeddedFile, ReaderInput } from '../format-reader.ts'

/** What is needed of an annotation as pdf.js gives it. */
const annotationSchema = z.object({
  subtype: z.string(),
  fieldType: z.string().nullish(),
  fieldValue: z.union([z.string(), z.array(z.string())]).nullish(),
  hidden: z.boolean().nullish(),
  password: z.boolean().nullish(),
  /** Left, lower, right and upper edge. */
  rect: z.array(z.number()),
  contentsObj: z.object({ str: z.string() }).nullish(),
})

/** Whether the pages of a document have form fields whose values are not part of the pages' own text. */
export async function hasFields(document: PDFDocumentProxy): Promise<boolean> {
  return (await document.getFieldObjects()) !== null
}

/** What was filled into the form fields of a page, and the text boxes put on it, from top to bottom. */
export async function annotationLines(page: PDFPageProxy): Promise<readonly string[]> {
  const annotations: readonly unknown[] = await page.getAnnotations()
  const shown = annotations.flatMap((annotation) => {
    const { data } = annotationSchema.safeParse(annotation)
    return data === undefined || data.hidden === true || data.password === true ? [] : [data]
  })
  shown.sort((a, b) => (b.rect[3] ?? 0) - (a.rect[3] ?? 0) || (a.rect[0] ?? 0) - (b.rect[0] ?? 0))
  return shown.flatMap((data) => {
    const text =
      data.subtype === 'Widget' ? fieldText(data) : data.subtype === 'FreeText' ? data.contentsObj?.str : ''
    return text === undefined || text.trim() === '' ? [] : [text.trim().replaceAll(/\r\n?/g, '\n')]
  })
}

/** Texts and choices; the states of buttons are no text. */
function fieldText({ fieldType, fieldValue }: z.infer<typeof annotationSchema>): string {
  if (fieldType !== 'Tx' && fieldType !== 'Ch') return ''
  return Array.isArray(fieldValue) ? fieldValue.join('\n') : (fieldValue ?? '')
}

/** The files attached to a document. @throws AppError documents/unpacked-too-large */
export async function attachedFiles(
  document: PDFDocumentProxy,
  input: ReaderInput,
): Promise<readonly EmbeddedFile[]> {
  const attachments = await document.getAttachments()
  const files: EmbeddedFile[] = []
  for (const [id, { filename }] of attachments ?? []) {
    if (files.length >= input.limits.entries) break
    const content: unknown = await document.getAttachmentContent(id)
    if (!(content instanceof Uint8Array)) continue
    input.budget.take(content.length, input.name)
    files.push({ name: filename, read: () => content })
  }
  return files
}
