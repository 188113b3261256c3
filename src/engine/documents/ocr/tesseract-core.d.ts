/** The part of Tesseract's interface that is used; the package has no types of its own. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  interface TesseractApi {
    /** 0 on success. @param engineMode 1 for the neural recogniser */
    Init(dataPath: null, languages: string, engineMode: 1): number
    SetVariable(name: string, value: string): boolean
    /** Takes the picture in the file `/input`; not 0 when it is none. @param orientation as EXIF has it */
    SetImageFile(orientation: number, angle: number): number
    Recognize(monitor: null): number
    /** What was recognised with its places. @param page index */
    GetJSONText(page: number): string
    /** 0 to 100. */
    MeanTextConf(): number
    /** Frees the picture and what was recognised. */
    Clear(): void
  }
  interface TesseractCore {
    readonly FS: { writeFile(path: string, content: Uint8Array): void; unlink(path: string): void }
    readonly TessBaseAPI: new () => TesseractApi
  }
  const load: (options: {
    print: (line: string) => void
    printErr: (line: string) => void
  }) => Promise<TesseractCore>
  export default load
}
