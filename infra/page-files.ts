/** What a person may type, and the file of the page behind it; the edge and the local stack rewrite alike. */
export const pagePaths: Readonly<Record<string, string>> = {
  '/': '/index.html',
  '/desk': '/desk.html',
  '/desk/': '/desk.html',
};

/** Folder of the files that are named by their contents. */
export const assetsFolder = 'assets';

/** Of a file named by its contents: it never becomes another. */
export const lastingCache = 'public, max-age=31536000, immutable';

/** Of the rest: asked for again each time, so that nobody keeps a page older than its files. */
export const freshCache = 'no-cache';
