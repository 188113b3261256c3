import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { z } from 'zod'

import { packageRoot, packageVersion, resolveHome } from '../../engine/index.ts'
import { LINK_MINUTES, LOOPBACK, openBrowserDoor, openGateway } from '../../serve/index.ts'
import { defineMessages, formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT, type Terminal } from '../command.ts'
import { globalFields } from '../options.ts'

const DEFAULT_PORT = 4174

/** A name or address as it stands in a URL, with or without a port; an IPv6 address without one may go bare. */
const hostNameSchema = z.string().regex(/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$|^[\da-f:.]+$/i)

const words = defineMessages({
  open: {
    ja: 'ブラウザーで上のリンクを開いてください。リンクは 1 回だけ、{minutes} 分以内に使えます。',
    en: 'Open the link above in a browser. It works once, within {minutes} minutes.',
  },
  again: {
    ja: 'Enter キーで新しいリンクを表示、Ctrl-C で終了します。',
    en: 'Press Enter for a new link, Ctrl-C to stop.',
  },
  exposed: {
    ja: '注意  このPC以外からも接続できる状態です（{host}）。通信は暗号化されないため、経路上の第三者に内容を読まれるおそれがあります。SSH トンネルの利用をお勧めします。',
    en: 'Warning  Other machines can connect ({host}). The traffic is not encrypted: whoever sits in between can read it. An SSH tunnel is the safer way.',
  },
  stopping: {
    ja: '終了しています。実行中の処理があれば、終わった分を保存して止めます。',
    en: 'Stopping. Work in progress is ended; what is finished is kept.',
  },
  stopped: {
    ja: '終了しました。止めた実行は、次に開いたときに「実行」画面から再開できます。',
    en: 'Stopped. A run that was in progress can be resumed from the Runs view the next time.',
  },
})

export const serveCommand = defineCommand({
  path: ['serve'],
  summary: {
    ja: '画面をブラウザーで使えるようにする（デスクトップのない GPU サーバー向け）',
    en: 'offer the app in a browser, such as on a GPU server without a desktop',
  },
  arguments: [],
  options: {
    port: {
      kind: 'value',
      placeholder: 'N',
      summary: {
        ja: `ポート番号(既定 ${DEFAULT_PORT}、0 なら空いている番号)`,
        en: `port (default ${DEFAULT_PORT}; 0 for any free one)`,
      },
    },
    host: {
      kind: 'value',
      placeholder: 'ADDRESS',
      summary: {
        ja: `待ち受けるアドレス(既定 ${LOOPBACK}、このPCのみ)`,
        en: `address to listen at (default ${LOOPBACK}: this machine only)`,
      },
    },
    'allow-host': {
      kind: 'list',
      placeholder: 'NAME[:PORT]',
      summary: {
        ja: 'ブラウザーから見えるホスト名を追加で許可する。複数可',
        en: 'answer under this further host name, as the browser sees it; repeatable',
      },
    },
    open: {
      kind: 'flag',
      summary: { ja: 'このPCの既定のブラウザーで開く', en: "open it in this machine's default browser" },
    },
  },
  input: z.object({
    ...globalFields,
    port: z.coerce.number().int().min(0).max(65535).default(DEFAULT_PORT),
    host: z.string().default(LOOPBACK),
    'allow-host': z.array(hostNameSchema).default([]),
    open: z.boolean().default(false),
  }),
  async run(input, terminal) {
    const { host, port } = input
    const say = (key: keyof typeof words, params = {}): void =>
      terminal.tell(formatMessage(words[key], terminal.locale, params))
    const gateway = openGateway({
      home: resolveHome(input.home),
      version: packageVersion(),
      locale: terminal.locale,
    })
    try {
      const folder = join(packageRoot(), 'dist', 'renderer')
      const door = await openBrowserDoor({ gateway, folder, port, host, allowHosts: input['allow-host'] })
      if (host !== LOOPBACK && host !== 'localhost' && host !== '::1') say('exposed', { host })
      const link = door.freshLink()
      terminal.print(link)
      say('open', { minutes: LINK_MINUTES })
      say('again')
      if (input.open) openInBrowser(link)
      await offerLinks(() => terminal.print(door.freshLink()), terminal)
      say('stopping')
      await door.close()
    } finally {
      await gateway.close()
    }
    say('stopped')
    return EXIT.ok
  },
})

/** Gives a new link for each Enter, and for SIGHUP, which asks a service to reload; until the terminal interrupts. */
async function offerLinks(print: () => void, { signal }: Terminal): Promise<void> {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', print)
  // In a terminal SIGHUP means that it was closed.
  if (!process.stdin.isTTY) process.on('SIGHUP', print)
  try {
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    lines.close()
    process.off('SIGHUP', print)
  }
}

function openInBrowser(link: string): void {
  const [program, ...args] =
    process.platform === 'win32'
      ? (['rundll32', 'url.dll,FileProtocolHandler', link] as const)
      : ([process.platform === 'darwin' ? 'open' : 'xdg-open', link] as const)
  // Where no browser can be started, the link is still there to be opened by hand.
  spawn(program, args, { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref()
}
