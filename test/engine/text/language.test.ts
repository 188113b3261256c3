import { describe, expect, it } from 'vitest'

import { guessLanguage } from '../../../src/engine/text/index.ts'

describe('guessLanguage', () => {
  it('tells Japanese, English and others apart', () => {
    const cases = {
      '経費精算書は毎月25日までに提出してください。': 'ja',
      'Dockerコンテナの起動には docker run コマンドを使用します。': 'ja',
      'The server must not be switched off without a notice to the administrator.': 'en',
      'Der Server darf nicht ohne Meldung ausgeschaltet werden.': 'other',
      未经管理员许可不得关闭服务器电源并且必须记录: 'other',
      '12345 --- 67': 'other',
      '': 'other',
    }
    expect(Object.fromEntries(Object.keys(cases).map((text) => [text, guessLanguage(text)]))).toEqual(cases)
  })
})
