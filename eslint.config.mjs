import lit from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'node_modules/', '**/*.mjs', '**/*.cjs', 'kiosk/screen/language/generated/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', { object: 'process', property: 'exit', message: 'let the process end by itself, so that everything is closed' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A checked index is not always provable to the compiler; a cast says so where it is.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  { files: ['kiosk/screen/**/*.ts'], ...lit.configs['flat/recommended'] },
  // Programs of their own speak on the terminal and end themselves.
  { files: ['tools/**/*.ts', 'test/bench/**/*.ts', 'hardware/virtual/**/*.ts', 'pipeline/recorder-process.ts', 'pipeline/lease-worker.ts', 'firmware-bridge/sign/sign-process.ts', 'main.ts'], rules: { 'no-console': 'off', 'no-restricted-properties': 'off' } },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'off', 'no-restricted-properties': 'off' } },
);
