export type Voice = 'en' | 'pt' | 'hi' | 'ar' | 'id';

export interface DemoPerson {
  readonly number: string;
  readonly name: string;
  readonly voice: Voice;
  readonly device: 'android' | 'ios';
  readonly saved: boolean;
}

function person(number: string, name: string, voice: Voice, saved = true): DemoPerson {
  return { number, name, voice, saved, device: voice === 'en' || voice === 'ar' ? 'ios' : 'android' };
}

export const SALES = { number: '551140020022', pushname: 'Sales' } as const;
export const SUPPORT = { number: '442079460018', pushname: 'Support' } as const;

export const SALES_PEOPLE: readonly DemoPerson[] = [
  person('5511987650101', 'Mariana Alves', 'pt'),
  person('5521996540202', 'João Pedro Lima', 'pt'),
  person('5531988870303', 'Beatriz Rocha', 'pt'),
  person('5541977760404', 'Atelier Pinheiro', 'pt'),
  person('5551966650505', 'Rafael Souza', 'pt', false),
  person('14155550106', 'Emily Carter', 'en'),
  person('442071230107', 'Oliver Bennett', 'en'),
  person('919876500108', 'प्रिया शर्मा', 'hi'),
  person('919812300109', 'Arjun Mehta', 'hi', false),
  person('971501230110', 'ليلى حداد', 'ar'),
  person('6281234500111', 'Siti Rahma', 'id'),
  person('6285712300112', 'Budi Santoso', 'id', false),
];

export const SUPPORT_PEOPLE: readonly DemoPerson[] = [
  person('442071230201', 'Grace Whitfield', 'en'),
  person('447700900202', 'Tom Harding', 'en'),
  person('353871230203', 'Aoife Byrne', 'en'),
  person('12125550204', 'Marcus Reed', 'en', false),
  // Writes to both numbers, as people do.
  person('442071230107', 'Oliver Bennett', 'en'),
  person('5511976540206', 'Camila Duarte', 'pt'),
  person('5561955540207', 'Lucas Ferreira', 'pt', false),
  person('919900100208', 'अनिल वर्मा', 'hi'),
  person('966551230209', 'يوسف النجار', 'ar'),
  person('971551230210', 'Noor Al Amin', 'ar', false),
  person('6281355500211', 'Dewi Lestari', 'id'),
  person('6287812300212', 'Agus Wijaya', 'id'),
];

export const WHOLESALE = {
  id: '120363041122334455@g.us',
  subject: 'Wholesale partners',
  owner: SALES.number,
  inviteCode: 'Kp3vNw8RtQzL5yXb2Hd7Mc',
  participants: [SALES.number, SUPPORT.number, '5541977760404', '14155550106', '971501230110', '6281234500111'],
} as const;

/** Who writes to a number that is linked in demo mode and that nobody knows yet. */
export const NEWCOMERS: readonly DemoPerson[] = [
  person('447700900301', 'Hannah Price', 'en', false),
  person('5511955550302', 'Thiago Moreira', 'pt', false),
  person('919811100303', 'Neha Gupta', 'hi', false),
  person('6281299900304', 'Rina Kusuma', 'id', false),
];

export const ALL_PEOPLE: ReadonlyMap<string, DemoPerson> = new Map(
  [...SALES_PEOPLE, ...SUPPORT_PEOPLE, ...NEWCOMERS].map((one) => [one.number, one]),
);
