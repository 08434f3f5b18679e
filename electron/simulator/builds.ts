/**
 * Builds of WhatsApp Web that the page can play. `renamed` is what WhatsApp shipped in July 2026: the text of a message's
 * key is no longer called `_serialized`.
 */
export type Build = 'classic' | 'renamed';

/** The version that whatsapp-web.js 1.34.7 asks for by default. */
export const PAGE_VERSION = '2.3000.1017054665';

/** The first version with renamed keys. */
export const RENAMED_VERSION = '2.3000.1042401057';

const VERSION = /^2\.3000\.\d{1,12}$/;

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** A version of this build. */
export function versionOf(build: Build | undefined): string {
  return build === 'renamed' ? RENAMED_VERSION : PAGE_VERSION;
}

/** Which build a version is. */
export function buildOf(version: string): Build {
  const number = (text: string) => Number(text.split('.')[2] ?? 0);
  return isVersion(version) && number(version) >= number(RENAMED_VERSION) ? 'renamed' : 'classic';
}
