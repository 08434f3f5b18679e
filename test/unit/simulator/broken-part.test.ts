import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { brokenPart } from '../../../electron/simulator/network/media/broken-part';

test('the photo of a broken part is a small picture with a dark crack across a board', () => {
  const { photo, preview, width, height } = brokenPart(7);
  const picture = PNG.sync.read(photo);
  expect([picture.width, picture.height]).toEqual([width, height]);
  expect(photo.length).toBeLessThan(150_000);
  expect(preview.length).toBeLessThan(8_000);
  const brightnesses = Array.from({ length: width }, (_, x) => picture.data[(height / 2) * width * 4 + x * 4] ?? 0);
  expect(Math.min(...brightnesses)).toBeLessThan(60);
  expect(Math.max(...brightnesses)).toBeGreaterThan(120);
});

test('the same seed is the same photo, another seed another one', () => {
  expect(brokenPart(3).photo.equals(brokenPart(3).photo)).toBe(true);
  expect(brokenPart(3).photo.equals(brokenPart(4).photo)).toBe(false);
});
