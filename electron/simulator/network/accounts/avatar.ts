import { palettePng, type Rgb } from '../media/png';

/** Pixels of one side. */
const SIZE = 160;

/** The portrait of somebody who has a picture: head and shoulders before a colour of their own, always the same, as a data URL. */
export function avatarOf(number: string): string {
  const hue = [...number].reduce((sum, digit) => (sum * 31 + Number(digit)) % 360, 17);
  const palette = [rgb(hue, 0.45, 0.78), rgb(hue, 0.5, 0.42), rgb(hue, 0.35, 0.95)];
  const png = palettePng({ width: SIZE, height: SIZE }, palette, (x, y) => colourAt(x / SIZE - 0.5, y / SIZE - 0.5));
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** 0 background, 1 body, 2 head; coordinates from −0.5 to 0.5. */
function colourAt(x: number, y: number): number {
  if (x ** 2 + (y + 0.12) ** 2 < 0.17 ** 2) return 2;
  return (x / 0.34) ** 2 + ((y - 0.45) / 0.34) ** 2 < 1 ? 1 : 0;
}

function rgb(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (shift: number) => {
    const place = (shift + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [part(0), part(8), part(4)];
}
