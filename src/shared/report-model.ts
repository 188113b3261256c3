/** The report as plain rows: what stands in which cell, and nothing about a file format. */
import { z } from 'zod'

const toneSchema = z.enum(['good', 'bad', 'caution', 'muted'])
export type Tone = z.infer<typeof toneSchema>

/** How numbers look; the workbook and the preview map these to their own formats. */
const numberFormatSchema = z.enum([
  'integer',
  'decimal1',
  'decimal2',
  'decimal4',
  'decimal6',
  'percent1',
  'percent2',
  'signed4',
  'signedPercent2',
])
export type NumberFormat = z.infer<typeof numberFormatSchema>

const cellSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('text'),
      text: z.string(),
      tone: toneSchema.exactOptional(),
      bold: z.boolean().exactOptional(),
    }),
    z.object({
      kind: z.literal('number'),
      value: z.number(),
      format: numberFormatSchema,
      tone: toneSchema.exactOptional(),
    }),
    z.object({ kind: z.literal('missing') }),
    z.object({ kind: z.literal('empty') }),
  ])
  .readonly()
export type Cell = z.infer<typeof cellSchema>

const tableColumnSchema = z.object({ header: z.string(), align: z.enum(['left', 'right']) }).readonly()
export type TableColumn = z.infer<typeof tableColumnSchema>

const blockSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('title'), text: z.string() }),
    z.object({ kind: z.literal('heading'), text: z.string() }),
    z.object({ kind: z.literal('paragraph'), text: z.string(), tone: toneSchema.exactOptional() }),
    /** A large verdict with its explanation. */
    z.object({ kind: z.literal('verdict'), label: z.string(), text: z.string(), tone: toneSchema }),
    /** Label and value pairs; the value may run over all remaining columns. */
    z.object({
      kind: z.literal('facts'),
      rows: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
    }),
    z.object({
      kind: z.literal('table'),
      columns: z.array(tableColumnSchema).readonly(),
      rows: z.array(z.array(cellSchema).readonly()).readonly(),
    }),
  ])
  .readonly()
export type Block = z.infer<typeof blockSchema>

const sheetModelSchema = z
  .object({
    name: z.string(),
    /** Column widths in characters. */
    widths: z.array(z.number()).readonly(),
    blocks: z.array(blockSchema).readonly(),
    /** Fit the whole sheet on one page instead of one page wide. */
    onePage: z.boolean(),
  })
  .readonly()
export type SheetModel = z.infer<typeof sheetModelSchema>

export const reportModelSchema = z
  .object({
    title: z.string(),
    subject: z.string(),
    /** ISO time of the run; the workbook's creation time, so that equal results give equal bytes. */
    createdAt: z.string(),
    footer: z.string(),
    sheets: z.array(sheetModelSchema).readonly(),
  })
  .readonly()
export type ReportModel = z.infer<typeof reportModelSchema>
