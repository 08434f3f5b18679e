import type { Voice } from './demo-people';

export const GROUP_TALK: readonly (readonly [number: string, text: string])[] = [
  ['551140020022', 'Good morning everybody, the new price list is valid from Monday.'],
  ['5541977760404', 'Recebido, obrigado!'],
  ['14155550106', 'Does it include the rattan line?'],
  ['551140020022', 'It does: page 4, from 20 pieces.'],
  ['971501230110', 'ممتاز، شكرا'],
  ['6281234500111', 'Terima kasih, kami pesan 40 kursi 🪑'],
];

/** What customers write by themselves. */
export const OPENERS: Readonly<Record<Voice, readonly string[]>> = {
  en: [
    'Hi, are you open on Sunday?',
    'Do you have this lamp in black as well?',
    'Can I change the delivery address for my order?',
    'How long is the warranty on the mattresses?',
    'Is the armchair back in stock?',
    'Could you send me a photo of the fabric samples? 🙂',
  ],
  pt: [
    'Oi! Qual o prazo de entrega da cama de casal?',
    'Vocês parcelam em quantas vezes?',
    'Bom dia! A loja abre no feriado?',
    'Tem desconto para pagamento à vista?',
    'Posso retirar na loja amanhã?',
    'A cor mel ainda existe? 😍',
  ],
  hi: ['क्या आज डिलीवरी होगी?', 'इस अलमारी का रंग कौन-सा है?', 'क्या आप किस्तों में भुगतान लेते हैं?', 'नया कैटलॉग भेज दीजिए 🙏'],
  ar: ['هل يوجد توصيل اليوم؟', 'ما هي الألوان المتوفرة؟', 'هل يمكن الدفع عند الاستلام؟', 'أريد صورة للكنبة من فضلك'],
  id: [
    'Kak, bisa COD?',
    'Ongkir ke Bandung berapa ya?',
    'Ada warna lain selain coklat?',
    'Boleh minta katalog terbaru? 😊',
  ],
};

/** What customers say when they are answered. */
export const ANSWERS: Readonly<Record<Voice, readonly string[]>> = {
  en: [
    'Perfect, thank you!',
    'Great, I will take it.',
    'Let me check and come back to you.',
    'Thanks for the quick answer 👍',
    'And how much is delivery?',
  ],
  pt: [
    'Perfeito, obrigada!',
    'Ótimo, fechado então 🙌',
    'Vou pensar e te aviso',
    'Obrigado pela rapidez!',
    'E o frete, quanto fica?',
  ],
  hi: ['बहुत धन्यवाद!', 'ठीक है, मैं बताती हूँ।', 'अच्छा, समझ गया 👍', 'कब तक मिल जाएगा?'],
  ar: ['شكرا لكم', 'تمام، اتفقنا', 'سأعود إليكم غدا إن شاء الله', 'كم تكلفة التوصيل؟'],
  id: ['Oke, terima kasih kak!', 'Siap, saya transfer sekarang', 'Nanti saya kabari lagi ya', 'Mantap 👍'],
};
