import { readFile } from 'node:fs/promises';
import { defineConfig, type Plugin } from 'vite';

const TEMPLATE = 'electron/simulator/page/page.html';
const PLACEHOLDER = '<!-- script -->';

/** Turns the bundle into one self-contained page: the script inside, nothing loaded from anywhere. */
const singlePage = (): Plugin => ({
  name: 'practice-page',
  async generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
    const [chunk] = chunks;
    if (chunk === undefined || chunks.length > 1) this.error(`expected one script, got ${chunks.length}`);
    const template = await readFile(TEMPLATE, 'utf8');
    const parts = template.split(PLACEHOLDER);
    if (parts.length !== 2) this.error(`${TEMPLATE} needs the placeholder ${PLACEHOLDER} exactly once`);
    // A closing tag inside a string literal would end the script element.
    const script = chunk.code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
    delete bundle[chunk.fileName];
    this.emitFile({ type: 'asset', fileName: 'page.html', source: parts.join(`<script>\n${script}</script>`) });
  },
});

export default defineConfig({
  publicDir: false,
  plugins: [singlePage()],
  build: {
    outDir: 'out/practice',
    emptyOutDir: true,
    target: 'chrome150',
    // Readable on purpose: it is what people open to see how the stand-in works.
    minify: false,
    rolldownOptions: {
      input: 'electron/simulator/page/index.ts',
      output: { format: 'iife', codeSplitting: false },
    },
  },
});
