/** The report as plain rows: what stands in which cell, and nothing about a file format. */
import { z } from 'zod'

import { CURRENCIES } from './roi/assumptions.ts'

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
  /** An amount of money in the report's currency, whole units. */
  'money',
  'signedMoney',
  /** A price, with the decimals that the currency has. */
  'price',
  'years1',
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

/** A value on its way to a chart: a name or number along, a number up; null is a gap. */
const chartSeriesSchema = z
  .object({
    name: z.string(),
    /** An arm's place, the baseline being 0; or what the series says. `none` is drawn without ink: the base of a waterfall. */
    color: z.union([z.int().nonnegative(), toneSchema, z.literal('none')]),
    x: z.array(z.union([z.string(), z.number()])).readonly(),
    y: z.array(z.number().nullable()).readonly(),
    /** Estimated, assumed and extrapolated series are dashed or paler. */
    isMeasured: z.boolean(),
  })
  .readonly()
export type ChartSeries = z.infer<typeof chartSeriesSchema>

const chartAxisSchema = z
  .object({
    title: z.string(),
    format: numberFormatSchema,
    isLogarithmic: z.boolean().exactOptional(),
    /** Reaches just beyond its values rather than to 0: measured values that differ little, and do not change. */
    isFitted: z.boolean().exactOptional(),
  })
  .readonly()

const chartSchema = z
  .object({
    kind: z.literal('chart'),
    /**
     * `scatter`: numbers along, points joined by lines. `column`: names along, columns beside each other. `stacked`: on
     * top of each other (a waterfall, with a series `none` below). `tornado`: bars to both sides of 0, names downwards.
     */
    chart: z.enum(['scatter', 'column', 'stacked', 'tornado']),
    title: z.string(),
    /** The chart in a sentence, for who does not see it. */
    alt: z.string(),
    x: chartAxisSchema,
    y: chartAxisSchema,
    series: z.array(chartSeriesSchema).readonly(),
    /** Of the sheet's width; charts that together do not exceed 1 stand side by side. */
    width: z.number().positive().max(1),
    /** In rows of normal height. */
    height: z.int().positive(),
  })
  .readonly()
export type Chart = z.infer<typeof chartSchema>

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
    /** A few figures that decide, large, side by side. */
    z.object({
      kind: z.literal('figures'),
      figures: z
        .array(z.object({ label: z.string(), cell: cellSchema, note: z.string() }).readonly())
        .readonly(),
    }),
    chartSchema,
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
    /** Of the amounts; null in a report without money. */
    currency: z.enum(CURRENCIES).nullable(),
    sheets: z.array(sheetModelSchema).readonly(),
  })
  .readonly()
export type ReportModel = z.infer<typeof reportModelSchema>
