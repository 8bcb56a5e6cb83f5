import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fontsAsFiles } from './fonts-as-files.ts';
import { pagesOfOne } from './pages-of-one.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two pages of one build: customers never load the desk's code. Their scripts, by the page's name. */
const pages = { [here('index.html')]: '/src/customer/main.tsx', [here('desk.html')]: '/src/desk/main.tsx' };

export default defineConfig({
  root: here('.'),
  plugins: [pagesOfOne(here('page.html'), pages), react(), fontsAsFiles()],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    // Browsers of the last two and a half years; passkeys in JSON form need no less.
    target: 'es2023',
    // The page's policy knows no `data:`.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: Object.keys(pages) },
  },
});
