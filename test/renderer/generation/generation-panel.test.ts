// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { useGenerationDraftStore } from '../../../src/renderer/stores/generation-draft.ts'
import { useJobsStore } from '../../../src/renderer/stores/jobs.ts'
import { useSettingsStore } from '../../../src/renderer/stores/settings.ts'
import GenerationPanel from '../../../src/renderer/views/comparison/generation/generation-panel.vue'
import type { InputOf } from '../../../src/shared/contract.ts'
import type { ArmAnswer } from '../../../src/shared/contract/generation.ts'
import type { Project } from '../../../src/shared/contract/projects.ts'
import { FakeWorld } from '../fakes/fake-api.ts'
import { type Mounted, type MountOptions, mountWith } from '../fakes/mount-with.ts'
import { sampleProject } from '../fakes/world.ts'
import { until } from '../until.ts'

let open: VueWrapper | null = null

async function openPanel(project: Project = sampleProject(), options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(GenerationPanel, { props: { project }, ...options })
  open = mounted.wrapper
  await useSettingsStore().load()
  useJobsStore().start()
  return mounted
}

const answer = (arm: number, text: string, change: Partial<ArmAnswer> = {}): ArmAnswer => ({
  arm,
  text,
  timing: { ttftMs: 40 + arm, tpotMs: 5, promptTokens: 6, droppedTokens: 0, newTokens: 3 },
  stopped: 'eos',
  error: null,
  ...change,
})

const startButton = ({ wrapper }: Mounted) => wrapper.find<HTMLButtonElement>('.start button')

/** Free text, so that a test needs no document. */
async function generate(mounted: Mounted): Promise<void> {
  useGenerationDraftStore().change({ source: 'free', free: '続きを書いてください。' })
  await until(() => expect(startButton(mounted).element.disabled).toBe(false))
  await mounted.wrapper.find('form.input').trigger('submit')
}

afterEach(() => {
  vi.restoreAllMocks()
  open?.unmount()
  open = null
  document.body.innerHTML = ''
})

test('a passage is selected in the document as in any text', async () => {
  const asked: InputOf<'generation.run'>[] = []
  const mounted = await openPanel(sampleProject(), {
    handlers: {
      'documents.text': ({ name }) => ({
        name,
        text: '見出し\n\n本文の段落。\n\n最後。',
        pageStarts: [],
        sensitive: [],
      }),
      'generation.run': (input) => {
        asked.push(input)
        return { answers: [answer(0, 'あ'), answer(1, 'あ')] }
      },
    },
  })
  const { wrapper } = mounted
  await until(() => expect(wrapper.find('textarea[readonly]').exists()).toBe(true))
  expect(wrapper.find('.passage-picker .count').text()).toBe('まだ選択されていません')
  expect(startButton(mounted).element.disabled).toBe(true)
  const area = wrapper.find<HTMLTextAreaElement>('textarea[readonly]')
  area.element.setSelectionRange(6, 6)
  await wrapper.find('.passage-picker .tools button').trigger('click')
  expect(wrapper.find('.passage-picker .count').text()).toBe('選択中: 6 文字')
  area.element.setSelectionRange(5, 7)
  await area.trigger('select')
  expect(wrapper.find('.passage-picker .count').text()).toBe('選択中: 2 文字')
  useGenerationDraftStore().change({ after: '要点:' })
  await until(() => expect(startButton(mounted).element.disabled).toBe(false))
  await wrapper.find('form.input').trigger('submit')
  await until(() => expect(asked).toHaveLength(1))
  const project = sampleProject()
  expect(asked[0]).toEqual({
    models: [project.baseline, ...project.candidates],
    prompt: '本文\n\n要点:',
    maxTokens: 128,
    order: 'in-turn',
    provider: 'cpu',
    quantization: 'none',
    threads: null,
  })
})

describe('answers', () => {
  test('stand side by side with their times, the first difference marked in both', async () => {
    const mounted = await openPanel(sampleProject(), {
      handlers: {
        'generation.run': () => ({ answers: [answer(0, '変更にあたります'), answer(1, '変更です')] }),
      },
    })
    await generate(mounted)
    const { wrapper } = mounted
    await until(() =>
      expect(wrapper.findAll('.answer mark').map((mark) => mark.text())).toEqual(['に', 'で']),
    )
    expect(wrapper.find('.turn header').text()).toContain('最初の相違: 3 文字目')
    expect(wrapper.findAll('.answer').map((column) => column.find('h4').text())).toEqual([
      'reference-mha',
      'reference-gqa',
    ])
    expect(wrapper.findAll('.answer dl').map((times) => times.text())).toEqual([
      expect.stringContaining('40 ms'),
      expect.stringContaining('41 ms'),
    ])
  })

  test('that are equal say so', async () => {
    const mounted = await openPanel(sampleProject(), {
      handlers: { 'generation.run': () => ({ answers: [answer(0, '同じ'), answer(1, '同じ')] }) },
    })
    await generate(mounted)
    await until(() =>
      expect(mounted.wrapper.find('.turn header').text()).toContain('答えは完全に一致しています。'),
    )
    expect(mounted.wrapper.find('.answer mark').exists()).toBe(false)
  })

  test('that fail, or lose a part of the prompt, say so in their own column', async () => {
    const mounted = await openPanel(sampleProject(), {
      handlers: {
        'generation.run': () => ({
          answers: [
            answer(0, 'あ', {
              timing: { ttftMs: 40, tpotMs: null, promptTokens: 100, droppedTokens: 1200, newTokens: 1 },
            }),
            answer(1, '', {
              timing: null,
              stopped: 'failed',
              error: { code: 'engine/outbound-refused', params: { target: 'x' } },
            }),
          ],
        }),
      },
    })
    await generate(mounted)
    const { wrapper } = mounted
    await until(() => expect(wrapper.findAll('.answer')[1]?.find('.error-notice').exists()).toBe(true))
    expect(wrapper.findAll('.answer')[0]?.find('.error-notice').exists()).toBe(false)
    expect(wrapper.findAll('.answer')[0]?.text()).toContain('先頭の 1,200 トークンを除きました')
    expect(wrapper.findAll('.answer')[0]?.find('dl').text()).toContain('n/a')
  })
})

test('while models write, their answers are in sight and they can be stopped', async () => {
  const scrolledTo: Element[] = []
  vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
    scrolledTo.push(this)
  })
  const mounted = await openPanel(sampleProject(), {
    handlers: {
      'generation.run': (_, { signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () =>
            resolve({
              answers: [answer(0, '途中', { stopped: 'cancelled' }), answer(1, '', { stopped: 'cancelled' })],
            }),
          ),
        ),
    },
  })
  await generate(mounted)
  const headerButton = () => mounted.wrapper.get<HTMLButtonElement>('.turns > header button')
  await until(() => expect(headerButton().text()).toBe('停止'))
  expect(startButton(mounted).element.disabled).toBe(true)
  expect(scrolledTo).toEqual([mounted.wrapper.get('.turns').element])
  await headerButton().trigger('click')
  await until(() => expect(mounted.wrapper.find('.answer .state').text()).toBe('停止しました'))
  expect(startButton(mounted).element.disabled).toBe(false)
})

test('a run in progress is not disturbed', async () => {
  const world = new FakeWorld()
  const mounted = await openPanel(sampleProject(), { world })
  useGenerationDraftStore().change({ source: 'free', free: '続き' })
  await until(() => expect(startButton(mounted).element.disabled).toBe(false))
  world.startJob('/other', null)
  await until(() => expect(mounted.wrapper.find('.start').text()).toContain('測定を乱さないために'))
  expect(startButton(mounted).element.disabled).toBe(true)
})

test('without models, the way to them is shown', async () => {
  const { wrapper } = await openPanel({ ...sampleProject(), candidates: [] })
  expect(wrapper.find('.empty-state').text()).toContain('モデルが選ばれていません')
  expect(wrapper.find('.empty-state a').attributes('href')).toContain('/models')
})
