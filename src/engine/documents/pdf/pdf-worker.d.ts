/** The half of pdf.js that parses; the package has no types of it. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  /** Answers what is asked through a port. */
  export const WorkerMessageHandler: { initializeFromPort(port: object): void }
}
