import { extname } from 'node:path'

import { z } from 'zod'

import { type ReportOrder, resolveHome, writeReport } from '../../engine/index.ts'
import { REPORT_FORMATS, type ReportFormat } from '../../shared/contract/runs.ts'
import { AppError } from '../../shared/errors.ts'
import { formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields, OPTIONS } from '../options.ts'
import { pocWords } from './poc.ts'

export const sourceArgument = {
  name: 'source',
  summary: {
    ja: '実行の ID、または results.json かそのフォルダーのパス',
    en: 'id of a run, or path of a results.json or its folder',
  },
} as const

export const assumptionsOption = {
  kind: 'value',
  placeholder: 'FILE.json',
  summary: {
    ja: '前提条件のファイル。soroban roi --template で作れます',
    en: 'file of assumptions; soroban roi --template writes one',
  },
} as const

export const reportCommand = defineCommand({
  path: ['report'],
  summary: {
    ja: '終わった実行、または results.json から報告書を作り直す',
    en: 'write the report again from a finished run or a results.json',
  },
  arguments: [sourceArgument],
  options: {
    out: {
      ...OPTIONS.out,
      placeholder: 'FILE',
      summary: {
        ja: '報告書のファイル名（.xlsx、.html、.json、.csv）',
        en: 'report to write (.xlsx, .html, .json, .csv)',
      },
    },
    assumptions: assumptionsOption,
    'no-roi': {
      kind: 'flag',
      summary: { ja: '投資対効果を載せない', en: 'leave the return on investment out' },
    },
    format: {
      kind: 'value',
      placeholder: REPORT_FORMATS.join('|'),
      summary: { ja: '形式（既定はファイル名の拡張子から）', en: 'form (by default from the file name)' },
    },
  },
  input: z.object({
    ...globalFields,
    source: z.string(),
    out: z.string(),
    assumptions: z.string().optional(),
    'no-roi': z.boolean().default(false),
    format: z.enum(REPORT_FORMATS).optional(),
  }),
  async run({ source, out, home, lang, json, ...input }, terminal) {
    if (input['no-roi'] && input.assumptions !== undefined)
      throw new AppError('usage/contradiction', { first: '--no-roi', second: '--assumptions' })
    const path = await writeReport({
      home: resolveHome(home),
      source,
      out,
      format: input.format ?? formatOf(out),
      locale: lang,
      assumptions: assumptionsOf(input),
    })
    if (json) terminal.print(JSON.stringify({ report: path }))
    else terminal.tell(formatMessage(pocWords.written, terminal.locale, { path }))
    return EXIT.ok
  },
})

/** @throws AppError usage/report-format */
function formatOf(out: string): ReportFormat {
  const extension = extname(out).slice(1).toLowerCase()
  const format = REPORT_FORMATS.find((known) => known === extension)
  if (format === undefined)
    throw new AppError('usage/report-format', { out, formats: REPORT_FORMATS.join(', ') })
  return format
}

function assumptionsOf(input: {
  readonly assumptions?: string | undefined
  readonly 'no-roi': boolean
}): ReportOrder['assumptions'] {
  if (input.assumptions !== undefined) return { path: input.assumptions }
  return input['no-roi'] ? 'none' : 'default'
}
