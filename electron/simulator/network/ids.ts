/** A phone number in any of the ways people write it, as digits; `undefined` when it is none. */
export function digitsOf(text: string): string | undefined {
  const digits = text.replace(/@(c\.us|s\.whatsapp\.net)$/, '').replace(/[\s()+.-]/g, '');
  return /^\d{6,15}$/.test(digits) ? digits : undefined;
}

export function userId(number: string): string {
  return `${number}@c.us`;
}

export function isGroupId(chatId: string): boolean {
  return chatId.endsWith('@g.us');
}

export function numberOf(chatId: string): string {
  return chatId.split('@')[0] ?? '';
}

export function lidOf(number: string): string {
  // Stable and unlike the number, as the hidden ids of WhatsApp are.
  let hash = 7n;
  for (const digit of number) hash = (hash * 31n + BigInt(digit.charCodeAt(0))) % 100_000_000_000_000n;
  return `${hash.toString().padStart(15, '1')}@lid`;
}
