import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Packages that one file or folder alone may import; everything else goes through its door. */
const RISKY_PACKAGES = {
  'onnxruntime-node': 'src/engine/runtime',
  koffi: 'src/engine/runtime',
  exceljs: 'src/engine/report/workbook.ts',
  'node:sqlite': 'src/engine/store',
  electron: 'src/main',
  ws: 'src/serve',
  echarts: 'src/renderer/components/chart',
} as const

const restricted = (
  allowed: readonly string[],
): ['error', { paths: { name: string; message: string }[] }] => [
  'error',
  {
    paths: Object.entries(RISKY_PACKAGES)
      .filter(([name]) => !allowed.includes(name))
      .map(([name, home]) => ({ name, message: `only ${home} imports ${name}` })),
  },
]

export default defineConfig(
  { ignores: ['node_modules', 'out', 'dist', '.tsbuild', 'resources'] },
  js.configs.recommended,
  tseslint.configs.strict,
  vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    // The compiler knows the page's globals.
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.ts', '**/*.vue'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // Inner numeric loops index typed arrays within proven bounds.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      // A test's fixtures are named by destructuring, also when there are none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      curly: ['error', 'multi-line'],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    rules: {
      'no-restricted-imports': restricted([]),
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ['src/engine/runtime/**'],
    rules: { 'no-restricted-imports': restricted(['onnxruntime-node', 'koffi']) },
  },
  { files: ['src/engine/report/workbook.ts'], rules: { 'no-restricted-imports': restricted(['exceljs']) } },
  { files: ['src/engine/store/**'], rules: { 'no-restricted-imports': restricted(['node:sqlite']) } },
  {
    files: ['src/main/**', 'src/preload/**'],
    rules: { 'no-restricted-imports': restricted(['electron']) },
  },
  { files: ['src/serve/**'], rules: { 'no-restricted-imports': restricted(['ws']) } },
  {
    files: ['src/renderer/**'],
    rules: {
      // Every word of a template comes from the message catalogue.
      'vue/no-bare-strings-in-template': 'error',
      'vue/no-v-html': 'error',
      'vue/define-macros-order': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'EventSource', 'localStorage'],
    },
  },
  {
    files: ['src/renderer/components/chart/**'],
    rules: { 'no-restricted-imports': restricted(['echarts']) },
  },
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['node:*', '**/engine/**', '**/cli/**'], message: 'shared imports zod only' }],
        },
      ],
    },
  },
  { files: ['bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly', module: 'writable' } },
  },
  prettier,
)
