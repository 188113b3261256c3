import { extname, join } from 'node:path'

import { forkHost, Gateway } from '../gateway/index.ts'
import { AppError } from '../shared/errors.ts'
import type { Locale } from '../shared/messages/define.ts'

export interface GatewaySettings {
  /** Soroban's own folder. */
  readonly home: string
  readonly version: string
  readonly locale: Locale
}

/** Starts the engine in a process of its own, and speaks for this door, which has no dialogs to show. */
export function openGateway({ home, version, locale }: GatewaySettings): Gateway {
  const noDialogs = (): never => {
    throw new AppError('shell/no-dialogs')
  }
  return new Gateway({
    startHost: () => forkHost(HOST_PROGRAM, { args: ['--home', home] }),
    shell: {
      'shell.describe': () => ({
        door: 'browser',
        version,
        platform: process.platform,
        systemLocale: locale,
      }),
      'shell.chooseFolder': noDialogs,
      'shell.chooseSavePath': noDialogs,
      'shell.reveal': noDialogs,
    },
  })
}

const HOST_PROGRAM = join(import.meta.dirname, '..', 'host', `main${extname(import.meta.filename)}`)
