/** The process of the page that parses PDF files. */
import 'pdfjs-dist/legacy/build/pdf.worker.mjs'
