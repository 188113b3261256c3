/**
 * The app over the fake engine, to be looked at. The address chooses: ?world=empty, ?door=browser, ?locale=en,
 * ?theme=dark.
 */
import { mountApp } from '../../../src/renderer/mount.ts'
import { FakeWorld, installFakeApi } from '../fakes/fake-api.ts'

const wanted = new URLSearchParams(location.search)
const world = wanted.get('world') === 'empty' ? FakeWorld.empty() : new FakeWorld()
const theme = wanted.get('theme')
if (theme === 'dark' || theme === 'light') world.settings = { ...world.settings, theme }

const { api, breakLine } = installFakeApi({
  world,
  door: wanted.get('door') === 'browser' ? 'browser' : 'desktop',
  systemLocale: wanted.get('locale') ?? 'ja-JP',
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  driveJob(driven, job) {
    const timer = setInterval(() => {
      driven.advanceJob(job, 2)
      if (driven.jobs.value.every(({ id, endedAt }) => id !== job || endedAt !== null)) clearInterval(timer)
    }, 500)
  },
})
// For trying out, from the console, what a lost line or an ended engine looks like.
Object.assign(window, { fake: { world, breakLine } })
mountApp(api)
