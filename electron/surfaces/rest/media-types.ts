const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'video/mp4': 'mp4',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

const typesByExtension: ReadonlyMap<string, string> = new Map([
  ...Object.entries(extensions).map(([type, extension]) => [extension, type] as const),
  ['jpeg', 'image/jpeg'],
]);

/** A name for a file that came without one. */
export const filenameFor = (mimetype: string): string => `file.${extensions[mimetype.split(';')[0] ?? ''] ?? 'bin'}`;

/** What a file is; one that its sender calls nothing but bytes is what its name says. */
export const mimetypeFor = (mimetype: string, filename: string | undefined): string =>
  mimetype === 'application/octet-stream'
    ? (typesByExtension.get(filename?.split('.').at(-1)?.toLowerCase() ?? '') ?? mimetype)
    : mimetype;
