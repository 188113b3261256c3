// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'

import { useSettingsStore } from '../../../src/renderer/stores/settings.ts'
import { useTourStore } from '../../../src/renderer/stores/tour.ts'
import HomeView from '../../../src/renderer/views/home/home-view.vue'
import TourDialog from '../../../src/renderer/views/home/tour-dialog.vue'
import { AppError } from '../../../src/shared/errors.ts'
import { eventually } from '../fakes/eventually.ts'
import { FakeWorld, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { mountWith, type Mounted, type MountOptions } from '../fakes/mount-with.ts'

afterEach(() => document.body.replaceChildren())

async function home(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(HomeView, options)
  await flushPromises()
  return mounted
}

const button = (wrapper: VueWrapper, label: string) => {
  const found = wrapper.findAll('button').find((each) => each.text() === label)
  if (found === undefined) throw new Error(`no button ${label}`)
  return found
}
const OVERVIEW = (folder: string): unknown => ({ name: 'overview', params: { folder } })

test('on an empty machine the sample is the first thing to do, and leads to its overview', async () => {
  const { wrapper, router } = await home({ world: FakeWorld.empty() })
  expect(wrapper.get('.empty-state').text()).toContain('プロジェクトはまだありません')
  expect(
    wrapper.findAll('button').filter((each) => each.text() === 'サンプルプロジェクトを開く'),
  ).toHaveLength(1)
  await button(wrapper, 'サンプルプロジェクトを開く').trigger('click')
  await eventually(() => expect(router.currentRoute.value).toMatchObject(OVERVIEW(SAMPLE_FOLDER) as object))
})

test('recent projects are opened; one that is gone cannot be, but can be taken off the list', async () => {
  const { wrapper, router } = await home()
  const rows = wrapper.findAll('.recent-projects li')
  expect(
    rows.map((row) => [row.find('button.project').exists(), row.text().includes('見つかりません')]),
  ).toEqual([
    [true, false],
    [false, true],
  ])
  await wrapper.get('[aria-label="「社内文書 PoC 2025」を一覧から外す"]').trigger('click')
  await flushPromises()
  expect(wrapper.findAll('.recent-projects li')).toHaveLength(1)
  await wrapper.get('button.project').trigger('click')
  await eventually(() => expect(router.currentRoute.value).toMatchObject(OVERVIEW(SAMPLE_FOLDER) as object))
})

test('a project is made from its name and the suggested place', async () => {
  const { wrapper, router } = await home()
  expect(button(wrapper, '作成する').attributes('disabled')).toBeDefined()
  await wrapper.get('input').setValue('契約書 PoC')
  expect(wrapper.text()).toContain('作成されるフォルダー: /home/soroban/.soroban/projects/契約書 PoC')
  await wrapper.get('form').trigger('submit')
  await eventually(() =>
    expect(router.currentRoute.value).toMatchObject(
      OVERVIEW('/home/soroban/.soroban/projects/契約書 PoC') as object,
    ),
  )
})

test('a project that cannot be made says why, in the reader’s language', async () => {
  const error = new AppError('projects/exists', { folder: '/p/x' })
  const { wrapper, router } = await home({
    locale: 'en',
    handlers: {
      'projects.create': () => {
        throw error
      },
    },
  })
  await wrapper.get('input').setValue('x')
  await wrapper.get('form').trigger('submit')
  await flushPromises()
  expect(wrapper.get('[role=alert]').text()).toBe(error.localized('en'))
  expect(router.currentRoute.value.name).toBe('home')
})

test('a list that cannot be read offers another attempt', async () => {
  let isBroken = true
  const world = new FakeWorld()
  const { wrapper } = await home({
    world,
    handlers: {
      'projects.recent': () => {
        if (isBroken)
          throw new AppError('file/unreadable', { path: 'recent-projects.json', reason: 'EACCES' })
        return { projects: world.recent, suggestedParent: '/p' }
      },
    },
  })
  expect(wrapper.find('.recent-projects').exists()).toBe(false)
  isBroken = false
  await button(wrapper, 'もう一度試す').trigger('click')
  await flushPromises()
  expect(wrapper.find('[role=alert]').exists()).toBe(false)
  expect(wrapper.findAll('.recent-projects li')).toHaveLength(2)
})

const dialogText = (): string => document.querySelector('.tour-dialog')?.textContent ?? ''
const press = async (label: string): Promise<void> => {
  const found = [...document.querySelectorAll<HTMLButtonElement>('.tour-dialog button')].find(
    ({ textContent }) => textContent === label,
  )
  if (found === undefined) throw new Error(`no button ${label}`)
  found.click()
  await flushPromises()
}

test('the tour goes forth and back through its three steps and ends in the sample project', async () => {
  const { router, world } = await mountWith(TourDialog, { world: FakeWorld.empty() })
  await useSettingsStore().load()
  useTourStore().isOpen = true
  const seen: string[] = []
  const look = (): unknown => seen.push(document.querySelector('.tour-dialog h3')?.textContent ?? '')
  look()
  await press('次へ')
  look()
  await press('戻る')
  look()
  await press('次へ')
  await press('次へ')
  look()
  expect(seen).toEqual(['文書とモデルを選ぶ', '実行する', '文書とモデルを選ぶ', '報告書を渡す'])
  expect(document.activeElement?.textContent).toBe('報告書を渡す')
  await press('サンプルプロジェクトを開く')
  await eventually(() => expect(router.currentRoute.value).toMatchObject(OVERVIEW(SAMPLE_FOLDER) as object))
  expect(useTourStore().isOpen).toBe(false)
  expect(world.settings.tourDone).toBe(true)
})

test('the tour is a dialog with a name, and can be put off', async () => {
  const { world } = await mountWith(TourDialog, { world: FakeWorld.empty(), locale: 'en' })
  await useSettingsStore().load()
  const dialog = document.querySelector('[role=dialog]')
  expect(dialog?.getAttribute('aria-modal')).toBe('true')
  expect(document.getElementById(dialog?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe(
    'How Soroban works',
  )
  expect(dialogText()).toContain('1 of 3')
  await press('Later')
  expect(world.settings.tourDone).toBe(true)
})
