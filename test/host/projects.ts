import { type Company, openCompany } from '../cli/company.ts'
import { EngineHost } from './engine-host.ts'

/** A company with projects, and an engine that works on one core. */
export interface Workplace extends AsyncDisposable {
  readonly company: Company
  readonly start: () => Promise<EngineHost>
  /** Makes a project of the company's documents and models. @returns its folder */
  readonly openProject: (host: EngineHost, name: string) => Promise<string>
}

export async function openWorkplace(): Promise<Workplace> {
  const company = await openCompany()
  return {
    company,
    start: async () => {
      const host = await EngineHost.start(company.home)
      await host.call('settings.write', { threads: 1 })
      return host
    },
    openProject: async (host, name) => {
      const { folder, plan } = await host.call('projects.create', { parent: company.path('projects'), name })
      await host.call('projects.update', {
        folder,
        patch: {
          documents: company.documents,
          baseline: company.baseline,
          candidates: [company.gqa],
          plan: { ...plan, contexts: [64] },
        },
      })
      return folder
    },
    [Symbol.asyncDispose]: () => company[Symbol.asyncDispose](),
  }
}
