import type { Voice } from './demo-people';

/** Turns of one conversation: "<" is the customer, ">" the shop. */
export type Talk = readonly string[];

export const SALES_TALKS: Readonly<Record<Voice, readonly Talk[]>> = {
  pt: [
    [
      '<Oi, bom dia! Vocês ainda têm a mesa de jantar Araucária de 1,80 m?',
      '>Bom dia! Temos sim, em nogueira e em carvalho claro.',
      '<Qual o preço da de nogueira?',
      '>R$ 3.490, com entrega e montagem na capital.',
      '<Ótimo 😊 e as cadeiras combinam?',
      '>Combinam com a linha Serra: seis por R$ 2.940.',
      '<Vou medir a sala e já volto',
    ],
    [
      '<Boa tarde, o sofá de 3 lugares vem em linho?',
      '>Boa tarde! Vem em linho cru, cinza e verde-oliva.',
      '<Pode mandar as medidas?',
      '>2,20 m × 0,95 m, assento a 44 cm do chão.',
      '<Perfeito, cabe na minha sala 🙌',
    ],
    [
      '<Olá! Fazem estante sob medida?',
      '>Fazemos, sim. Qual a largura da parede?',
      '<3,40 m de largura e 2,60 m de altura',
      '>Preparo um orçamento até amanhã.',
      '<Obrigada!',
      '<Ah, e a cor tem que ser freijó',
    ],
    [
      '<Bom dia, aqui é do Atelier Pinheiro. Preciso de 12 banquetas altas',
      '>Bom dia! Para quando seria?',
      '<Inauguração dia 28, então até dia 25',
      '>Conseguimos. Mando o orçamento com o preço de parceiro.',
      '<Maravilha, fico no aguardo',
      '<Podem ser em couro preto?',
    ],
    [
      '<Oi, vi a poltrona Lua no site. Tem pronta entrega?',
      '>Tem em mostarda e em terracota 🧡',
      '<Quero a terracota! Dá para entregar no sábado?',
      '>Dá sim, entre 9h e 13h.',
    ],
  ],
  en: [
    [
      '<Hello, is the oak sideboard from the window still available?',
      '>Hi! Yes, one in natural oak and one in smoked oak.',
      '<What are the dimensions of the smoked one?',
      '>160 × 45 × 78 cm, three drawers and two doors.',
      '<Lovely. Could you hold it until Saturday?',
      '>Done, it is reserved in your name until Saturday 6 pm.',
    ],
    [
      '<Do you ship to London?',
      '>We do: about three weeks, £140 for a dining table.',
      '<And is the walnut solid or veneer?',
      '>The top is solid, the aprons are veneered.',
      '<Good to know 👍',
    ],
  ],
  hi: [
    [
      '<नमस्ते, क्या आपके पास सागौन का बेड है?',
      '>नमस्ते! जी हाँ, क्वीन और किंग दोनों साइज़ में।',
      '<किंग साइज़ की कीमत क्या है?',
      '>₹ 48,500, डिलीवरी के साथ।',
      '<ठीक है, मैं कल दुकान आऊँगी 🙏',
    ],
    [
      '<Hello, क्या डाइनिंग टेबल EMI पर मिल सकती है?',
      '>जी, 6 और 12 महीने की EMI उपलब्ध है।',
      '<12 महीने में हर महीने कितना होगा?',
    ],
  ],
  ar: [
    [
      '<مرحبا، هل عندكم طاولة قهوة من خشب الجوز؟',
      '>أهلا وسهلا! نعم، مستديرة ومستطيلة.',
      '<كم سعر المستديرة؟',
      '>1,250 درهم مع التوصيل داخل دبي.',
      '<ممتاز، أريد اثنتين',
    ],
  ],
  id: [
    [
      '<Halo kak, kursi makan rotan masih ada?',
      '>Halo! Masih, stok 24 buah.',
      '<Harga grosir untuk 12 berapa ya?',
      '>Rp 8.400.000 untuk 12, belum termasuk ongkir.',
      '<Siap, saya tanya suami dulu 😄',
    ],
    [
      '<Sore kak, rak buku yang putih ukuran berapa?',
      '>Sore! 80 × 30 × 180 cm, lima susun.',
      '<Bisa dikirim ke Surabaya?',
      '>Bisa, sekitar 5 hari kerja.',
      '<Oke saya pesan satu 👍',
    ],
  ],
};

export const SUPPORT_TALKS: Readonly<Record<Voice, readonly Talk[]>> = {
  en: [
    [
      '<Hi, my bookcase arrived with a scratched shelf.',
      '>Sorry about that! Could you send the order number?',
      '<It is 20418',
      '>Thank you. A new shelf leaves the workshop on Thursday.',
      '<Great, do I need to send the old one back?',
      '>No need, keep it or recycle it.',
    ],
    [
      '<The table wobbles a little',
      '>Two feet are adjustable: turn them by hand, clockwise is higher.',
      '<That did it, thanks! 🙂',
    ],
    [
      '<Where is my delivery? It was due this morning.',
      '>The van is running late, it will be with you between 3 and 5 pm.',
      '<Ok, I will be home',
    ],
    [
      '<Hello, can I still cancel order 20455?',
      '>It has not left yet, so yes. Shall I cancel it for you?',
      '<Please do. I ordered the wrong size, sorry!',
      '>Cancelled, the refund takes two to three days.',
      '<Thank you so much 🙏',
    ],
    [
      '<Hi there, which oil do you recommend for the oak worktop?',
      '>A hard wax oil, twice a year, thin coats.',
      '<Is the one in your shop food safe?',
    ],
  ],
  pt: [
    [
      '<Oi, a porta do armário não fecha direito',
      '>Oi! É a da esquerda ou a da direita?',
      '<A da esquerda, raspa embaixo',
      '>Há um parafuso de regulagem na dobradiça. Quer que o montador passe aí?',
      '<Quero sim, por favor. De manhã é melhor',
    ],
    [
      '<Olá, perdi o manual de montagem da cama Serra 😅',
      '>Sem problema! Envio o PDF por e-mail, pode ser?',
      '<Pode: é o mesmo e-mail do pedido',
      '>Enviado ✅',
      '<Chegou, valeu!',
    ],
  ],
  hi: [
    [
      '<कुर्सी का एक पैर ढीला है',
      '>माफ़ कीजिए! क्या आप ऑर्डर नंबर भेज सकते हैं?',
      '<20377',
      '>धन्यवाद, कल कारीगर आएगा।',
      '<ठीक है, धन्यवाद',
    ],
  ],
  ar: [
    ['<السلام عليكم، وصلت الخزانة بدون المقابض', '>وعليكم السلام، نعتذر! سنرسل المقابض غدا.', '<شكرا جزيلا 🌹'],
    [
      '<مرحبا، باب الخزانة لا يغلق جيدا',
      '>نعتذر عن ذلك. هل يناسبك موعد الفني يوم الأربعاء؟',
      '<نعم، بعد الساعة الرابعة من فضلك',
      '>تم الحجز الساعة الرابعة والنصف.',
    ],
  ],
  id: [
    [
      '<Kak, mejanya sudah sampai tapi bautnya kurang dua',
      '>Mohon maaf kak, kami kirim hari ini ya.',
      '<Baik, ditunggu 🙏',
      '>Nomor resinya menyusul sore ini.',
    ],
    [
      '<Kak, kain sofa bisa dicuci sendiri?',
      '>Bisa, sarungnya ada ritsleting. Air dingin saja ya.',
      '<Noted, makasih kak 😊',
    ],
  ],
};
