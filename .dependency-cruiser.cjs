/**
 * The layers of docs/architecture.md as import rules. A stage may import the stages listed for it, the kernel and
 * the shared contract; nothing else.
 */
const STAGES = {
  text: [],
  documents: ['text'],
  corpus: ['text', 'documents'],
  tokens: [],
  models: ['graph'],
  autodiff: ['graph'],
  runtime: ['graph', 'models', 'tokens'],
  conversion: ['graph', 'models', 'autodiff', 'runtime', 'tokens'],
  tuning: ['graph', 'models', 'autodiff', 'runtime', 'tokens', 'conversion'],
  metrics: [],
  measure: [],
  store: [],
  runs: ['store'],
  comparison: ['metrics', 'measure', 'runs'],
  roi: [],
  assumptions: [],
  report: ['comparison', 'roi'],
  graph: [],
}

/** The layers around the engine, and what each may import beside shared. */
const OUTER_LAYERS = {
  rpc: [],
  gateway: ['rpc'],
  host: ['rpc', 'engine'],
  serve: ['rpc', 'gateway'],
  cli: ['engine', 'serve'],
  main: ['rpc', 'gateway'],
  preload: [],
  renderer: ['rpc'],
}

const engine = 'src/engine'

/** Other folders than the allowed ones under src/engine. */
const stageRule = ([stage, allowed]) => ({
  name: `stage-${stage}`,
  comment: `${stage} imports only ${['kernel', ...allowed].join(', ')} and shared`,
  severity: 'error',
  from: { path: `^${engine}/${stage}/` },
  to: {
    path: `^src/`,
    pathNot: `^(src/shared/|${engine}/(${['kernel', stage, ...allowed].join('|')})/)`,
  },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'a cycle means that two files are one',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      // The package names a file of types that it does not hold; Node.js and the compiler find the module.
      to: { couldNotResolve: true, pathNot: '^(bun:|numfmt$)' },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared imports zod only',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: '^(src/shared/|node_modules/zod/)' },
    },
    {
      name: 'kernel-is-lowest',
      severity: 'error',
      from: { path: `^${engine}/kernel/` },
      to: { path: '^src/', pathNot: `^(${engine}/kernel/|src/shared/)` },
    },
    ...Object.entries(STAGES).map(stageRule),
    {
      name: 'engine-knows-no-door',
      severity: 'error',
      from: { path: `^${engine}/` },
      to: { path: '^src/(rpc|gateway|host|serve|cli|main|preload|renderer)/' },
    },
    ...Object.entries(OUTER_LAYERS).map(([layer, allowed]) => ({
      name: `layer-${layer}`,
      comment: `${layer} imports only ${[...allowed, 'shared'].join(', ')}`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: `^src/(${[layer, 'shared', ...allowed].join('|')})/` },
    })),
    {
      name: 'renderer-runs-in-a-page',
      comment: 'no Node.js in the page, nor in code that the page shares',
      severity: 'error',
      from: { path: '^src/(renderer|rpc|shared)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'doors-use-index-only',
      comment: 'the engine index is the only door for the command line and the host',
      severity: 'error',
      from: { path: '^src/(cli|host)/' },
      to: { path: `^${engine}/`, pathNot: `^${engine}/index\\.ts$` },
    },
    {
      name: 'stages-use-index-only',
      comment: 'another stage is entered through its index',
      severity: 'error',
      from: { path: `^${engine}/([^/]+)/` },
      to: {
        path: `^${engine}/([^/]+)/.+`,
        pathNot: [`^${engine}/$1/`, `^${engine}/kernel/`, `^${engine}/[^/]+/index\\.ts$`],
      },
    },
    ...[
      ['onnxruntime-node', `^${engine}/runtime/`],
      ['koffi', `^${engine}/runtime/`],
      ['exceljs', `^${engine}/report/workbook\\.ts$`],
      ['electron', '^src/(main|preload)/'],
      ['ws', '^src/serve/'],
      ['echarts', '^src/renderer/components/chart/'],
      ['sqlite', `^${engine}/store/`],
    ].map(([name, home]) => ({
      name: `sole-importer-${name}`,
      severity: 'error',
      from: { path: '^src/', pathNot: home },
      to: { path: name === 'sqlite' ? '^(node:)?sqlite$' : `node_modules/${name}/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    extraExtensionsToScan: ['.vue'],
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
