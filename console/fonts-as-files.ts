import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const embedded = /url\((["']?)data:font\/woff2;base64,([A-Za-z0-9+/=]+)\1\)/g;

/**
 * Cloudscape's styles carry their fonts inside, a quarter of a megabyte before the first letter is drawn, which a
 * policy without `data:` refuses besides. As files they come when they are needed: for Chinese never.
 */
export const fontsAsFiles = (): Plugin => ({
  name: 'fonts-as-files',
  generateBundle(_options, bundle) {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'asset' || !output.fileName.endsWith('.css')) continue;
      const css = typeof output.source === 'string' ? output.source : new TextDecoder().decode(output.source);
      output.source = css.replace(embedded, (_all, _quote: string, base64: string) => {
        const source = Buffer.from(base64, 'base64');
        const name = `font-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.woff2`;
        this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
        return `url(${name})`;
      });
    }
  },
});
