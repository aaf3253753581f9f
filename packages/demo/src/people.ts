import { ar, base, de, el, en, es, Faker, fr, ja, pl, tr, uk, vi } from "@faker-js/faker";

/** An invented person who writes to the office. */
export interface DemoPerson {
  firstName: string;
  lastName: string;
  email: string;
  profession: string;
  /** Where their clock stands; null for every eighth, whose browser did not say. */
  timeZone: string | null;
}

/** How the office's post is mixed: many scripts, as in a city. Weights are relative. */
const tongues = [
  { locale: en, weight: 8, mailHost: "mail.example", timeZone: "America/New_York" },
  { locale: es, weight: 4, mailHost: "correo.example", timeZone: "America/Bogota" },
  { locale: vi, weight: 3, mailHost: "thu.example", timeZone: "Asia/Ho_Chi_Minh" },
  { locale: pl, weight: 3, mailHost: "poczta.example", timeZone: "Europe/Warsaw" },
  { locale: de, weight: 2, mailHost: "post.example", timeZone: "Europe/Berlin" },
  { locale: fr, weight: 2, mailHost: "courriel.example", timeZone: "Africa/Dakar" },
  { locale: tr, weight: 2, mailHost: "posta.example", timeZone: "Europe/Istanbul" },
  { locale: uk, weight: 2, mailHost: "poshta.example", timeZone: "Europe/Kyiv" },
  { locale: ar, weight: 2, mailHost: "barid.example", timeZone: "Africa/Cairo" },
  { locale: el, weight: 1, mailHost: "tachydromeio.example", timeZone: "Europe/Athens" },
  { locale: ja, weight: 1, mailHost: "yubin.example", timeZone: "Asia/Tokyo" },
];

/** The same seed gives the same people. Addresses end in `.example`, so no mail can ever reach anybody. */
export function createPeople(seed: number): () => DemoPerson {
  const words = new Faker({ locale: [en, base] });
  words.seed(seed);
  const fakers = tongues.map(({ locale, weight, mailHost, timeZone }, index) => {
    const faker = new Faker({ locale: [locale, en, base] });
    faker.seed(seed + index);
    return { value: { faker, mailHost, timeZone }, weight };
  });
  let count = 0;
  return () => {
    const { faker, mailHost, timeZone } = words.helpers.weightedArrayElement(fakers);
    const firstName = faker.person.firstName();
    const lastName = faker.person.lastName();
    count += 1;
    return {
      firstName,
      lastName,
      email: `${localPart(firstName, lastName, count)}@${mailHost}`,
      profession: words.person.jobTitle(),
      timeZone: count % 8 === 0 ? null : timeZone,
    };
  };
}

function localPart(firstName: string, lastName: string, count: number): string {
  const plain = `${firstName}.${lastName}`
    .normalize("NFD")
    .replace(/[^a-zA-Z.]/g, "")
    .toLowerCase()
    .replace(/^\.+|\.+$/g, "")
    .replace(/\.{2,}/g, ".");
  return plain.length > 3 ? `${plain}${count % 7 === 0 ? count : ""}` : `writer${count}`;
}
