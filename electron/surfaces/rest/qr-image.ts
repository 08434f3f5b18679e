import { PNG } from 'pngjs';
import { encode } from 'uqr';

/** Pixels per module: large enough for a phone's camera on any screen. */
const moduleSize = 8;
/** White modules around the code, as the standard wants them. */
const quietZone = 4;

/** A QR code as PNG. */
export const qrImage = (text: string): Buffer => {
  const { data, size } = encode(text, { border: quietZone });
  const side = size * moduleSize;
  const image = new PNG({ width: side, height: side, colorType: 0 });
  image.data.fill(0xff);
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let dy = 0; dy < moduleSize; dy += 1) {
        const start = ((y * moduleSize + dy) * side + x * moduleSize) * 4;
        for (let dx = 0; dx < moduleSize; dx += 1) image.data.fill(0, start + dx * 4, start + dx * 4 + 3);
      }
    });
  });
  return PNG.sync.write(image, { colorType: 0 });
};
