import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** LibreOffice with a profile of its own, so that one that is open on the desktop is not disturbed. */
export class Soffice implements Disposable {
  readonly #profile = mkdtempSync(path.join(os.tmpdir(), 'soroban-soffice-'))

  /**
   * Converts files into `folder`; names stay, endings become `format`'s.
   *
   * @param format - an ending, perhaps with an export filter: `docx`, `pdf`, `rtf:Rich Text Format`
   * @throws Error where soffice is not installed or fails
   */
  convert(files: readonly string[], format: string, folder: string): void {
    if (files.length === 0) return
    const profile = `-env:UserInstallation=${pathToFileURL(this.#profile).href}`
    execFileSync('soffice', [profile, '--headless', '--convert-to', format, '--outdir', folder, ...files], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
    })
  }

  [Symbol.dispose](): void {
    rmSync(this.#profile, { recursive: true, force: true })
  }
}
