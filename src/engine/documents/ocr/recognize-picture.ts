import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

import loadCore from 'tesseract.js-core/tesseract-core-simd-lstm.js'

import { AppError } from '../../../shared/errors.ts'
import type { ReaderInput } from '../format-reader.ts'
import { type PageText, pageText } from './page-text.ts'

/** What was read in a picture. */
export interface Recognized extends PageText {
  /** How sure the recognition is of its words on average, 0 to 1. Low for vertical text. */
  readonly confidence: number
}

type Core = Awaited<ReturnType<typeof loadCore>>
type Recognizer = InstanceType<Core['TessBaseAPI']>
interface Engine {
  readonly files: Core['FS']
  readonly japanese: Recognizer
  readonly english: Recognizer
}

const LETTERS = /\p{L}/gu
const JAPANESE_LETTERS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu
/** Share of the letters; a few are mistaken for Japanese ones in any English text. */
const MIN_JAPANESE = 0.02

/** Automatic segmentation of the page, without detection of its orientation. */
const PAGE_SEGMENTATION = '3'

/** Assumed of every picture: a guess that Tesseract makes instead can cost it most of a page. */
const DOTS_PER_INCH = '200'

/** Orientations as Exif counts them (JEITA CP-3451 §4.6.4): upright, by a quarter to either side, upside down. */
const UPRIGHT = 1
const TURNED = [6, 8, 3]
/** Confidence below which a page may be turned. */
const MIN_UPRIGHT = 0.5

/** One for the life of the process: it starts in half a second and holds 100 MB. */
let running: Promise<Engine> | undefined

/**
 * Recognises the Japanese or English text of a picture with Tesseract, within this process: its data are local, nothing
 * is written to disk. One build of it for all machines, so that the same picture gives the same text. The Japanese data
 * read words in letters too; a picture without Japanese is read again with the English data, which err less there. Both at
 * once take twice the time and mistake Japanese for English.
 *
 * @param png the picture, PNG or JPEG, at best at 200 to 300 dpi
 * @throws AppError documents/damaged where it is no picture, or proves too much
 */
export async function recognizePicture(
  png: Uint8Array,
  { name, advance }: Pick<ReaderInput, 'name' | 'advance'>,
): Promise<Recognized> {
  const engine = await (running ??= startEngine())
  try {
    return recognize(engine, png)
  } catch (error) {
    // It cannot go on after a trap.
    running = undefined
    const part = error instanceof Error ? error.message.slice(0, 120) : 'OCR'
    throw new AppError('documents/damaged', { name, type: 'OCR', part }, { cause: error })
  } finally {
    advance?.()
  }
}

function recognize(engine: Engine, picture: Uint8Array): Recognized {
  engine.files.writeFile('/input', picture)
  let found = recognizeTurned(engine, UPRIGHT)
  for (const orientation of TURNED) {
    if (found.confidence >= MIN_UPRIGHT) break
    const turned = recognizeTurned(engine, orientation)
    if (turned.confidence > found.confidence) found = turned
  }
  engine.files.unlink('/input')
  return /[\p{L}\p{N}]/u.test(found.text) ? found : { text: '', steps: [], confidence: 0 }
}

function recognizeTurned({ japanese, english }: Engine, orientation: number): Recognized {
  const found = recognizeWith(japanese, orientation)
  return isJapanese(found.text) ? found : recognizeWith(english, orientation)
}

function recognizeWith(recognizer: Recognizer, orientation: number): Recognized {
  if (recognizer.SetImageFile(orientation, 0) !== 0) throw new Error('picture')
  recognizer.Recognize(null)
  const page = pageText(recognizer.GetJSONText(0))
  const confidence = recognizer.MeanTextConf() / 100
  recognizer.Clear()
  return { ...page, confidence }
}

function isJapanese(text: string): boolean {
  const letters = text.match(LETTERS)?.length ?? 0
  const japanese = text.match(JAPANESE_LETTERS)?.length ?? 0
  return japanese >= MIN_JAPANESE * letters && japanese > 0
}

async function startEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url)
  const core = await loadCore({ print: () => {}, printErr: () => {} })
  const started = async (language: string, data: string): Promise<Recognizer> => {
    core.FS.writeFile(`${language}.traineddata`, await promisify(gunzip)(await readFile(data)))
    const recognizer = new core.TessBaseAPI()
    if (recognizer.Init(null, language, 1) !== 0) throw new Error('Tesseract did not start')
    recognizer.SetVariable('tessedit_pageseg_mode', PAGE_SEGMENTATION)
    recognizer.SetVariable('preserve_interword_spaces', '1')
    recognizer.SetVariable('user_defined_dpi', DOTS_PER_INCH)
    return recognizer
  }
  return {
    files: core.FS,
    japanese: await started(
      'jpn',
      require.resolve('@tesseract.js-data/jpn/4.0.0_best_int/jpn.traineddata.gz'),
    ),
    english: await started(
      'eng',
      require.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
    ),
  }
}
