import { NONCE_PLACEHOLDER } from '../gateway/content-security-policy.ts'
import { LINK_MINUTES } from './access.ts'

/** Shown where a session is needed and there is none, in both languages, as no setting is known yet. */
export const NO_SESSION_PAGE = `<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Soroban</title>
    <style nonce="${NONCE_PLACEHOLDER}">
      :root {
        color-scheme: light dark;
      }
      body {
        max-width: 40rem;
        margin: 10vh auto;
        padding: 0 24px;
        font: 16px/1.75 'Yu Gothic UI', Meiryo, 'Noto Sans CJK JP', system-ui, sans-serif;
        line-break: strict;
      }
      h1 {
        font-size: 1.25rem;
      }
      section + section {
        margin-top: 40px;
      }
    </style>
  </head>
  <body>
    <main>
      <section>
        <h1>新しいリンクで開いてください</h1>
        <p>このリンクは使用済みか、期限(${LINK_MINUTES} 分)が切れています。soroban serve が再起動したあとや、このブラウザーで初めて開くときにも、新しいリンクが必要です。</p>
        <ol>
          <li>soroban serve を実行しているターミナルで Enter キーを押します。サービスとして動いている場合は、再読み込み(SIGHUP)を指示します。</li>
          <li>新しく表示されたリンクを、このブラウザーで開きます。</li>
        </ol>
        <p>soroban serve を再起動しても、新しいリンクが表示されます。</p>
      </section>
      <section lang="en">
        <h1>Open Soroban with a new link</h1>
        <p>This link has been used or is older than ${LINK_MINUTES} minutes. A new link is also needed after soroban serve was restarted, and in a browser in which it has not been opened yet.</p>
        <ol>
          <li>Press Enter in the terminal in which soroban serve runs. Where it runs as a service, ask it to reload (SIGHUP).</li>
          <li>Open the link that it prints in this browser.</li>
        </ol>
        <p>Starting soroban serve again prints a new link too.</p>
      </section>
    </main>
  </body>
</html>
`
