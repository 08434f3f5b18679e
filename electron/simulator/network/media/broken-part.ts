import { between, type Random, seededRandom } from '../random';
import { palettePng, type Rgb } from './png';

const PHOTO = { width: 360, height: 270 };
const PREVIEW = { width: 64, height: 48 };
const SHADES = 24;
/** Where board, floor and crack are, in parts of the picture. */
const BOARD = { top: 0.28, bottom: 0.72, tilt: 0.08 };
const CRACK_WIDTH = 0.012;
const CRACK_POINTS = 9;

export interface DemoPhoto {
  readonly photo: Buffer;
  readonly preview: Buffer;
  readonly width: number;
  readonly height: number;
}

/** What a customer photographs: a cracked board on the floor. The same seed is the same picture. */
export function brokenPart(seed: number): DemoPhoto {
  const random = seededRandom(seed);
  const wood = pickWood(random);
  const crack = crackLine(random);
  const palette: readonly Rgb[] = [...shades([128, 122, 114], 0.35), ...shades(wood, 0.5), [38, 24, 16]];
  const draw = (size: { readonly width: number; readonly height: number }) => {
    const noise = seededRandom(seed + 1);
    return palettePng(size, palette, (x, y) => colourAt(x / size.width, y / size.height, crack, noise));
  };
  return { photo: draw(PHOTO), preview: draw(PREVIEW), ...PHOTO };
}

function colourAt(x: number, y: number, crack: readonly number[], noise: Random): number {
  const height = y + BOARD.tilt * (x - 0.5);
  const grain = noise();
  if (height < BOARD.top || height > BOARD.bottom) return shade(0.55 + 0.25 * y + 0.18 * (grain - 0.5));
  // The crack widens from one edge of the board to the other.
  const depth = (height - BOARD.top) / (BOARD.bottom - BOARD.top);
  const place = crack[Math.floor(depth * (CRACK_POINTS - 1))] ?? 0.5;
  const next = crack[Math.ceil(depth * (CRACK_POINTS - 1))] ?? place;
  const middle = place + (next - place) * ((depth * (CRACK_POINTS - 1)) % 1);
  if (Math.abs(x - middle) < CRACK_WIDTH * (0.4 + 1.4 * depth)) return 2 * SHADES;
  const rings = 0.5 + 0.28 * Math.sin(depth * 46 + 5 * Math.sin(x * 7));
  return SHADES + shade(rings + 0.2 * (grain - 0.5));
}

function crackLine(random: Random): readonly number[] {
  let x = 0.35 + random() * 0.3;
  return Array.from({ length: CRACK_POINTS }, () => {
    x += (random() - 0.5) * 0.09;
    return x;
  });
}

function pickWood(random: Random): Rgb {
  const warmth = between(random, 0, 40);
  return [150 + warmth, 104 + warmth / 2, 62];
}

function shades(base: Rgb, spread: number): Rgb[] {
  return Array.from({ length: SHADES }, (_, index) => {
    const factor = 1 - spread + (2 * spread * index) / (SHADES - 1);
    const [red, green, blue] = base.map((part) => Math.min(255, Math.round(part * factor)));
    return [red ?? 0, green ?? 0, blue ?? 0];
  });
}

function shade(value: number): number {
  return Math.min(SHADES - 1, Math.max(0, Math.floor(value * SHADES)));
}
