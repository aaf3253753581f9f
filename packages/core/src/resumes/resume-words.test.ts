import { Prisma } from "@intake/db/database";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queryRows } from "../sql";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { phrasePairs, resumeQuery, resumeWords } from "./resume-words";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

async function isFound(body: string, text: string, hasOpenEnd = false): Promise<boolean> {
  const query = resumeQuery([{ text, hasOpenEnd }]);
  if (!query) return false;
  const rows = await queryRows<{ found: boolean }>(
    domain.ctx.db,
    Prisma.sql`SELECT ${resumeWords(body)} @@ ${query} AS found`,
  );
  return rows[0]?.found ?? false;
}

describe("words of a resume", () => {
  test.each([
    ["Abogada de Inmigración", "inmigracion"],
    ["Abogada de Inmigracio\u0301n", "INMIGRACIÓN"],
    ["o\ufb03ce of the at\u00adtorney", "office"],
    ["o\ufb03ce of the at\u00adtorney", "attorney"],
    ["Straße 5", "strasse"],
    ["Łódź", "lodz"],
    ["jose.garcia@example.com", "jose.garcia@example.com"],
    ["jose.garcia@example.com", "example"],
    ["C++, C# und .NET", "c++"],
    ["C++, C# und .NET", "c#"],
    ["C++, C# und .NET", ".net"],
    ["C++, C# und .NET", "net"],
    ["ASP.NET Core", ".net"],
    ["ASP.NET Core", "asp.net"],
    ["full-stack, 2019–2021", "full-stack"],
    ["full-stack, 2019–2021", "stack"],
    ["full-stack, 2019–2021", "2021"],
    ["O'Brien", "o'brien"],
    ["O’Brien", "brien"],
    ["東京都弁護士会", "弁護士"],
    ["東京都弁護士会", "会"],
    ["東京都弁護士会", "護"],
    ["JavaScript経験5年", "経験"],
    ["JavaScript経験5年", "javascript経験"],
    ["ｶﾞｲﾄﾞ", "ガイド"],
    ["ＡＢＣ法律", "abc"],
    ["移民律师事务所", "律师"],
    ["이민 변호사입니다", "변호사"],
    ["ทนายความด้านการเข้าเมือง", "เข้าเมือง"],
    ["مُحَامِيَة في الهجرة", "محامية"],
    ["עוֹרֶכֶת דִּין", "עורכת"],
    ["Юрист по миграции, ещё", "МИГРАЦИИ"],
    ["वकील और सलाहकार", "सलाहकार"],
    [`${"x".repeat(3000)} end`, "x".repeat(3000)],
  ])("in %.60j finds %.60j", async (body, word) => {
    expect(await isFound(body, word)).toBe(true);
  });

  test.each([
    ["東京の京都さん", "東京都"],
    ["C programming", "c++"],
    ["network", ".net"],
    ["senior paralegal", "paralegal senior"],
    ["immigration", "immig"],
    ["", "word"],
  ])("in %j does not find %j", async (body, word) => {
    expect(await isFound(body, word)).toBe(false);
  });

  test("an open end finds longer words, a phrase wants its words side by side", async () => {
    expect(await isFound("immigration law", "immig", true)).toBe(true);
    expect(await isFound("attorney at law", "attorney at law")).toBe(true);
    expect(await isFound("attorney in law", "attorney at law")).toBe(false);
  });

  test("nothing to look for is no query", () => {
    expect(
      resumeQuery([
        { text: "%", hasOpenEnd: true },
        { text: "😀", hasOpenEnd: false },
      ]),
    ).toBeNull();
  });

  test("a phrase is found wherever it stands in a very long text", async () => {
    const body = Array.from({ length: 40_000 }, (_, index) => `w${index}`).join(" ");
    for (const at of [0, 16_349, 16_350, 16_351, 32_701, 39_998]) {
      expect(await isFound(body, `w${at} w${at + 1}`), `at ${at}`).toBe(true);
    }
  });

  test("a text with more words than PostgreSQL holds keeps those at its beginning", async () => {
    const body = Array.from({ length: 200_000 }, (_, index) => `word${index}`).join(" ");
    expect(await isFound(body, "word17")).toBe(true);
  });

  test("any text and any search are safe", async () => {
    const anything = fc.string({ unit: "binary", maxLength: 200 });
    const hostile = fc.string({
      unit: fc.constantFrom(
        "'",
        "\\",
        "&",
        "|",
        "!",
        ":",
        "*",
        "<",
        "-",
        ">",
        "(",
        ")",
        "\0",
        " ",
        "a",
        "+",
        "#",
        ".",
      ),
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anything, hostile),
        fc.oneof(anything, hostile),
        fc.boolean(),
        async (body, text, hasOpenEnd) => {
          await isFound(body, text, hasOpenEnd);
        },
      ),
    );
  });

  const scripts: [string, string][] = [
    ["Latin", "aeiouáéíóúñçøłßœk"],
    ["Arabic", "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىة"],
    ["Hebrew", "אבגדהוזחטיכלמנסעפצקרשתךםןףץ"],
    ["Cyrillic", "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ"],
    ["Japanese", "弁護士日本語経験ひらがなカタカナー々"],
    ["Chinese", "移民律师事务所签证申请"],
    ["Korean", "변호사이민비자서울대학교"],
    ["Thai", "ทนายความกฎหมายการเมือง"],
  ];
  test.each(scripts)("finds every word of two or more letters in %s", async (_script, letters) => {
    const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 8 });
    const separator = fc.constantFrom(" ", "\n", ", ", " – ", "(", "。", "/", "؛ ");
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 1, maxLength: 6 }),
        separator,
        fc.nat(),
        async (words, between, pick) => {
          const sought = words[pick % words.length] ?? "";
          expect(await isFound(words.join(between), sought)).toBe(true);
        },
      ),
    );
  });

  test("finds any two neighbours of a script without spaces, and any stretch of them", async () => {
    const run = fc.string({
      unit: fc.constantFrom(..."弁護士日本語ひらがなカタ변호사律师ทนาย"),
      minLength: 2,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(run, fc.nat(), fc.nat(), async (text, start, length) => {
        const from = start % (text.length - 1);
        const sought = text.slice(from, from + 2 + (length % (text.length - from)));
        expect(await isFound(`前 ${text} x`, sought)).toBe(true);
      }),
    );
  });
});

test("every resume that holds a phrase holds its pairs, however its end is open", async () => {
  const word = fc.constantFrom(
    "at",
    "law",
    "attorney",
    "asylum",
    "c++",
    ".net",
    "東京都",
    "京",
    "x@y.example",
    "é",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.boolean(),
      async (body, cut, hasOpenEnd) => {
        const from = cut % body.length;
        const text = body.slice(from, from + 3).join(" ");
        const term = { text: hasOpenEnd ? Array.from(text).slice(0, -1).join("") : text, hasOpenEnd };
        const query = resumeQuery([term]);
        const pairs = phrasePairs([term]).map(
          ({ first, second }) => Prisma.sql`word_pair(${first}, ${second})`,
        );
        if (!query || pairs.length === 0) return;
        const words = resumeWords(body.join(" "));
        const [row] = await queryRows<{ holds: boolean; holdsPairs: boolean }>(
          domain.ctx.db,
          Prisma.sql`SELECT ${words} @@ ${query} AS holds, word_pairs(${words}) @> ARRAY[${Prisma.join(pairs)}] AS "holdsPairs"`,
        );
        expect(row?.holdsPairs || !row?.holds).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});
