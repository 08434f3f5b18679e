/**
 * A frame that carries bytes, as one binary message: the length of the JSON text (four bytes, big-endian), the text in UTF-8,
 * the bytes.
 */
export function packFrame(json: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(4 + json.length + bytes.length);
  new DataView(packed.buffer).setUint32(0, json.length);
  packed.set(json, 4);
  packed.set(bytes, 4 + json.length);
  return packed;
}

export function unpackFrame(packed: Uint8Array): { readonly json: Uint8Array; readonly bytes: Uint8Array } {
  const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0);
  return { json: packed.subarray(4, 4 + length), bytes: packed.subarray(4 + length) };
}
