import { assertNever } from '../../shared/errors.ts'
import type { FileFormat, FormatReader } from './format-reader.ts'

/** The reader of a format, with its library loaded only now: a text file costs no PDF library. */
export async function readerOf(format: FileFormat): Promise<FormatReader> {
  switch (format) {
    case 'text':
    case 'markdown':
      return (await import('./plain/read-text.ts')).readText
    case 'csv':
      return (await import('./plain/read-csv.ts')).readCsv
    case 'tsv':
      return (await import('./plain/read-csv.ts')).readTsv
    case 'html':
      return (await import('./plain/read-html.ts')).readHtml
    case 'pdf':
      return (await import('./pdf/read-pdf.ts')).readPdf
    case 'docx':
      return (await import('./docx/read-docx.ts')).readDocx
    case 'pptx':
      return (await import('./pptx/read-pptx.ts')).readPptx
    case 'xlsx':
      return (await import('./xlsx/read-xlsx.ts')).readXlsx
    case 'odt':
      return (await import('./odf/read-odt.ts')).readOdt
    case 'ods':
      return (await import('./odf/read-ods.ts')).readOds
    case 'odp':
      return (await import('./odf/read-odp.ts')).readOdp
    case 'doc':
      return (await import('./doc/read-doc.ts')).readDoc
    case 'xls':
      return (await import('./xls/read-xls.ts')).readXls
    case 'rtf':
      return (await import('./rtf/read-rtf.ts')).readRtf
    case 'eml':
      return (await import('./mail/read-eml.ts')).readEml
    case 'msg':
      return (await import('./mail/read-msg.ts')).readMsg
    case 'image':
      return (await import('./picture/read-image.ts')).readImage
    case 'zip':
      return (await import('./archive/read-zip-folder.ts')).readZipFolder
    case 'gzip':
      return (await import('./archive/read-gzip.ts')).readGzip
    default:
      return assertNever(format)
  }
}
