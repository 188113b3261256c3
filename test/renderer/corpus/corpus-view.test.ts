// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import { useProjectStore } from '../../../src/renderer/stores/project.ts'
import CorpusView from '../../../src/renderer/views/corpus/corpus-view.vue'
import { AppError } from '../../../src/shared/errors.ts'
import { corpusOverview } from '../fakes/corpus.ts'
import { documentsOverview } from '../fakes/documents.ts'
import { FakeWorld, SAMPLE_FOLDER, sampleProject } from '../fakes/fake-api.ts'
import { type Mounted, type MountOptions, mountWith } from '../fakes/mount-with.ts'

// Nothing is drawn here.
vi.mock('../../../src/renderer/components/chart/echarts.ts', () => ({
  init: () => ({ setOption: () => {}, resize: () => {}, dispose: () => {} }),
}))

const SETTINGS = sampleProject().corpus
const OVERVIEW = corpusOverview(documentsOverview('/documents', SETTINGS, new Set()), SETTINGS, 7, [])

/** The view is there only while a project is open, as below the project's frame. */
const Framed = defineComponent(() => {
  const project = useProjectStore()
  return () => (project.current === null ? null : h(CorpusView))
})

async function open(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(Framed, options)
  await useProjectStore().open(SAMPLE_FOLDER)
  return mounted
}

const rows = ({ wrapper }: Mounted, table: string): readonly (readonly string[])[] =>
  wrapper.findAll(`${table} tbody tr`).map((row) => row.findAll('th, td').map((cell) => cell.text()))

enableAutoUnmount(afterEach)

describe('the corpus view', () => {
  test('tells how much there is, what was left out, and the fingerprint', async () => {
    const mounted = await open({ handlers: { 'corpus.describe': () => OVERVIEW } })
    await vi.waitFor(() => expect(mounted.wrapper.find('.figures').exists()).toBe(true))
    expect(mounted.wrapper.findAll('.figures .value').map((value) => value.text())).toEqual(['41', '150,448'])
    expect(mounted.wrapper.get('.figures').text()).toContain('日本語 37 件、英語 4 件')
    expect(mounted.wrapper.get('.fingerprint code').text()).toBe(OVERVIEW.sha256)
    expect(
      mounted.wrapper.findAll('.reasons a').map((link) => [link.text(), link.attributes('href')]),
    ).toEqual([
      ['重複 1 件', `#/project/${encodeURIComponent(SAMPLE_FOLDER)}/documents?state=duplicate`],
      ['ほぼ重複 1 件', `#/project/${encodeURIComponent(SAMPLE_FOLDER)}/documents?state=near-duplicate`],
      ['読めない 3 件', `#/project/${encodeURIComponent(SAMPLE_FOLDER)}/documents?state=skipped`],
    ])
  })

  test('says when hardly anything is held out, why, and what to do', async () => {
    const split = (name: 'held-out' | 'tuning' | 'validation', characters: number) => ({
      split: name,
      documents: 1,
      characters,
      names: [`${name}.txt`],
    })
    const splits = [split('held-out', 199), split('tuning', 9000), split('validation', 801)]
    const scarcityOf = async (overview: typeof OVERVIEW): Promise<string | null> => {
      const mounted = await open({ handlers: { 'corpus.describe': () => overview } })
      await vi.waitFor(() => expect(mounted.wrapper.find('.splits').exists()).toBe(true))
      const found = mounted.wrapper.find('.scarcity')
      return found.exists() ? found.text() : null
    }
    const clusters = [
      ['a.txt', 'b.txt'],
      ['c.txt', 'd.txt', 'e.txt'],
    ]
    expect(await scarcityOf({ ...OVERVIEW, splits, clusters })).toMatch(
      /全文字数の 2\.0 % しかなく、.+（最大 3 件）は分けられません。.+評価から外すか、内容の異なる文書を追加/,
    )
    expect(await scarcityOf({ ...OVERVIEW, splits, clusters: [] })).toContain('長い文書を章ごとに分けるか')
    expect(
      await scarcityOf({ ...OVERVIEW, splits: [split('held-out', 1000), split('tuning', 9000)] }),
    ).toBeNull()
    expect(await scarcityOf({ ...OVERVIEW, splits: [split('held-out', 10)] })).toBeNull()
  })

  test('tells the lengths that cover the documents, in characters and in tokens', async () => {
    const lengths = (total: number, ...covered: readonly [number, number, number]) => ({
      total,
      histogram: [{ from: 0, to: 100, count: 2 }],
      coverage: [0.5, 0.9, 0.99].map((share, index) => ({ share, length: covered[index] ?? 0 })),
    })
    const mounted = await open({
      handlers: {
        'corpus.describe': () => ({
          ...OVERVIEW,
          characters: lengths(9000, 4000, 5000, 6000),
          tokens: [
            { models: ['mha', 'gqa'], counted: { ok: true, lengths: lengths(7000, 3000, 4096, 5000) } },
            {
              models: ['other'],
              counted: {
                ok: false,
                problem: { code: 'file/not-found', params: { path: '/models/other/tokenizer.json' } },
              },
            },
          ],
        }),
      },
    })
    await vi.waitFor(() =>
      expect(rows(mounted, '.lengths')).toEqual([
        ['文字数', '4,000 以内', '5,000 以内', '6,000 以内', '9,000'],
        ['トークン数（mha、gqa）', '3,000 以内', '4,096 以内', '5,000 以内', '7,000'],
      ]),
    )
    expect(mounted.wrapper.get('.readings').text()).toBe(
      '文書の 90 % は 4,096 トークン以内です（mha、gqa）。',
    )
    expect(mounted.wrapper.get('.uncounted').text()).toContain('/models/other/tokenizer.json')
    expect(mounted.wrapper.findAll('.data-chart h3').map((title) => title.text())).toEqual([
      '文書の長さの分布（文字）',
      '文書の長さの分布（トークン、mha、gqa）',
    ])
  })

  test('tells the splits with their documents, what was changed, and the groups of near-copies', async () => {
    const mounted = await open({
      handlers: {
        'corpus.describe': () => ({
          ...OVERVIEW,
          steps: [{ step: 'page-furniture', documents: 1200 }],
          splits: [
            { split: 'held-out', documents: 1, characters: 200, names: ['a.pdf'] },
            { split: 'tuning', documents: 2, characters: 700, names: ['b.pdf', 'c.pdf'] },
            { split: 'validation', documents: 1, characters: 100, names: ['d.pdf'] },
          ],
          clusters: [['b.pdf', 'c.pdf']],
        }),
      },
    })
    await vi.waitFor(() => expect(mounted.wrapper.find('.splits').exists()).toBe(true))
    expect(mounted.wrapper.findAll('.splits h3').map((title) => title.text())).toEqual([
      '評価用 20 %',
      'チューニング用 70 %',
      '検証用 10 %',
    ])
    expect(mounted.wrapper.findAll('.splits .name-list').map((list) => list.findAll('li').length)).toEqual([
      1, 2, 1,
    ])
    expect(mounted.wrapper.text()).toContain('ヘッダー、フッター、ページ番号を取り除きました。1,200')
    expect(mounted.wrapper.get('.clusters summary').text()).toBe('組 1（2 件） b.pdf')
  })

  test('another purpose is kept in the project, and the corpus is looked at anew', async () => {
    let calls = 0
    const mounted = await open({
      handlers: {
        'corpus.describe': () => {
          calls++
          return OVERVIEW
        },
      },
    })
    await vi.waitFor(() => expect(calls).toBe(1))
    await mounted.wrapper.get<HTMLInputElement>('input[value="tune"]').setValue(true)
    await vi.waitFor(() => expect(calls).toBe(2))
    expect(mounted.world.projects.get(SAMPLE_FOLDER)?.corpus).toEqual({ ...SETTINGS, purpose: 'tune' })
    await mounted.wrapper.get<HTMLInputElement>('input[value="keep"]').setValue(true)
    await vi.waitFor(() => expect(calls).toBe(3))
    expect(mounted.world.projects.get(SAMPLE_FOLDER)?.corpus.nearDuplicates).toBe('keep')
  })

  test('can be stopped and begun again', async () => {
    let calls = 0
    const { wrapper } = await open({
      handlers: {
        'corpus.describe': (_, { signal }) =>
          ++calls > 1
            ? OVERVIEW
            : new Promise((_resolve, reject) =>
                signal.addEventListener('abort', () => reject(new AppError('cancelled'))),
              ),
      },
    })
    await vi.waitFor(() => expect(calls).toBe(1))
    await wrapper
      .findAll('button')
      .find((each) => each.text() === '中止')
      ?.trigger('click')
    await vi.waitFor(() => expect(wrapper.get('.empty-state').text()).toContain('調査を中止しました'))
    await wrapper.get('.empty-state button').trigger('click')
    await vi.waitFor(() => expect(wrapper.find('.figures').exists()).toBe(true))
  })

  test('a failure is shown in place', async () => {
    const { wrapper } = await open({
      handlers: {
        'corpus.describe': () => {
          throw new AppError('documents/none', { path: '/empty', skipped: 3 })
        },
      },
    })
    await vi.waitFor(() => expect(wrapper.get('[role="alert"]').text()).toContain('/empty に読める文書'))
  })

  test('without documents it leads to them', async () => {
    const world = new FakeWorld()
    world.projects.set(SAMPLE_FOLDER, { ...sampleProject(), documents: null })
    const { wrapper } = await open({ world, locale: 'en' })
    expect(wrapper.get('.empty-state h2').text()).toBe('No documents chosen yet')
    expect(wrapper.get('.empty-state a').attributes('href')).toMatch(/\/documents$/)
  })
})
