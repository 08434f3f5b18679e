const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const letter = (sextet: number): string => alphabet[sextet & 63] ?? '';

/** Bytes as base64 with padding (RFC 4648 §4). */
export const toBase64 = (bytes: Uint8Array): string => {
  const quads: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.subarray(index, index + 3);
    const triple = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    quads.push(
      letter(triple >> 18) +
        letter(triple >> 12) +
        (second === undefined ? '=' : letter(triple >> 6)) +
        (third === undefined ? '=' : letter(triple)),
    );
  }
  return quads.join('');
};

const sextetOf = new Uint8Array(128);
for (const [index, character] of Array.from(alphabet).entries()) sextetOf[character.charCodeAt(0)] = index;

/** Bytes of base64 with padding; the text has been checked to be that. */
export const bytesOfBase64 = (text: string): Uint8Array => {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const sextet = (index: number): number => sextetOf[text.charCodeAt(index)] ?? 0;
  for (let index = 0, at = 0; index < text.length; index += 4) {
    const triple = (sextet(index) << 18) | (sextet(index + 1) << 12) | (sextet(index + 2) << 6) | sextet(index + 3);
    // What lies beyond the end of the array is padding, and writing there does nothing.
    bytes[at++] = triple >> 16;
    bytes[at++] = (triple >> 8) & 255;
    bytes[at++] = triple & 255;
  }
  return bytes;
};
