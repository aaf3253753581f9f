import { base, en, Faker } from "@faker-js/faker";
import { resumeWords } from "@intake/core/resumes/resume-words";
import { Prisma } from "@intake/db/database";
import pg from "pg";

/** Words that the searches of the benchmark look for, and in how many of a thousand resumes they stand. */
const knownWords = { experience: 1000, paralegal: 200, asylum: 20, zymurgy: 0.05 };

const rowsAtOnce = 500;
const wordsPerResume = 430;
const vocabularySize = 30_000;

/** Gives some newest resumes of a filled office a text of about 3 KB: a few words are in all of them, most in few. */
export async function fillTexts(connectionString: string, texts: number): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query("DROP INDEX IF EXISTS resume_texts_words_idx");
    const { rows } = await client.query<{ id: string }>(
      "SELECT r.id FROM resumes r WHERE NOT EXISTS (SELECT FROM resume_texts t WHERE t.resume_id = r.id) ORDER BY hashtext(r.id::text) LIMIT $1",
      [texts],
    );
    const writeBody = createWriter();
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const values = rows.slice(start, start + rowsAtOnce).map(({ id }) => {
        const body = writeBody();
        return Prisma.sql`(${id}::uuid, 'READ', ${body}, 1, false, ${resumeWords(body)}, now())`;
      });
      const query = Prisma.sql`INSERT INTO resume_texts (resume_id, outcome, body, page_count, is_cut, words, read_at) VALUES ${Prisma.join(values)}`;
      await client.query(query.text, query.values);
    }
    await client.query("SET maintenance_work_mem = '512MB'");
    await client.query("CREATE INDEX resume_texts_words_idx ON resume_texts USING gin (words)");
    await client.query("VACUUM ANALYZE");
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

function createWriter() {
  const faker = new Faker({ locale: [en, base], seed: 20_260_301 });
  const vocabulary = Array.from(
    { length: vocabularySize },
    (_, index) =>
      `${faker.lorem.word()}${index < 2_000 ? "" : faker.string.alpha({ length: 3, casing: "lower" })}`,
  );
  // Low ranks are drawn far more often, as words of a language are.
  const draw = () => vocabulary[Math.floor(vocabularySize ** faker.number.float()) - 1] ?? "";
  return () => {
    const words = Array.from({ length: wordsPerResume }, draw);
    for (const [word, perThousand] of Object.entries(knownWords)) {
      if (faker.number.float(1000) < perThousand) words.splice(faker.number.int(wordsPerResume), 0, word);
    }
    return words.map((word, at) => (at % 12 === 11 ? `${word}.\n` : `${word} `)).join("");
  };
}
