import { expect, test } from 'vitest';
import { packFrame, unpackFrame } from '../../../electron/simulator/bytes-frame';

test('a frame with bytes comes apart as it was put together, from anywhere in a buffer', () => {
  const json = Buffer.from(JSON.stringify({ op: 'request', name: 'upload', text: 'नमस्ते' }));
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
  const packed = packFrame(json, bytes);
  const shifted = new Uint8Array(packed.length + 3);
  shifted.set(packed, 3);
  for (const whole of [packed, shifted.subarray(3)]) {
    const found = unpackFrame(whole);
    expect(Buffer.from(found.json).equals(json)).toBe(true);
    expect(Buffer.from(found.bytes).equals(Buffer.from(bytes))).toBe(true);
  }
});

test('a frame may have no bytes at all', () => {
  expect(unpackFrame(packFrame(Buffer.from('{}'), new Uint8Array())).bytes).toHaveLength(0);
});
