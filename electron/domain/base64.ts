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
