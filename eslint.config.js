// Lint: what the compiler cannot see. Promises nobody waits for are oxlint's (.oxlintrc.json), formatting is Prettier's, the walls between rooms are dependency-cruiser's (build/walls).
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

export default typescript.config(
  { ignores: ['node_modules/', 'dist/', '.cache/', 'out/', 'resources/', 'test-results/', 'playwright-report/'] },
  // No comment may switch a rule off: a rule that is wrong is changed here, for everybody.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  typescript.configs.recommended,
  vue.configs['flat/essential'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: typescript.parser } } },
  {
    files: ['renderer/**/*.{ts,vue}'],
    ignores: ['renderer/**/*.{test,spec}.ts', 'renderer/e2e/**'],
    rules: {
      // A screen of the wall on another machine has its page by plain http: there the browser has neither.
      'no-restricted-properties': [
        'error',
        { object: 'crypto', property: 'randomUUID', message: "import { v7 as newId } from 'uuid'" },
        { object: 'crypto', property: 'subtle', message: 'the station computes it' },
      ],
    },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-cond-assign': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-duplicate-case': 'error',
      'no-fallthrough': 'error',
      'no-loss-of-precision': 'error',
      'no-self-compare': 'error',
      'no-self-assign': 'error',
      'no-sparse-arrays': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-catch': 'error',
      'valid-typeof': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'oxlint-disable', 'eslint-disable'], location: 'anywhere' }],
      'max-lines': ['error', 500],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
    },
  },
  { files: ['**/*.vue'], rules: { 'max-lines': ['error', 400], 'vue/multi-word-component-names': 'off' } },
)
