import { resumeFormats, resumeRefusals } from "@intake/core/resumes/schema";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { inspectBytes } from "./inspect";
import { readFixture } from "./samples/fixture";

// Machines that run everything at once are slow; what must be fast is held elsewhere.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const names = ["cv.pdf", "cv.doc", "cv.docx"] as const;
const small = ["resume.docx", "resume.doc", "password.docx", "password.doc", "macros.docx"] as const;
const pdfs = [
  "encrypted/owner-r3.pdf",
  "encrypted/user-r6.pdf",
  "resume-linearized.pdf",
  "resume.pdf",
] as const;
const fixtures = [...small, ...pdfs].map((name) => ({ name, bytes: readFixture(name) }));
const magics = ["%PDF-1.7\n", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""].map((text) =>
  Buffer.from(text, "latin1"),
);

async function expectVerdict(bytes: Uint8Array, name: string): Promise<void> {
  const verdict = await inspectBytes(bytes, name);
  if (verdict.ok) expect(resumeFormats).toContain(verdict.format);
  else expect(resumeRefusals).toContain(verdict.refusal);
}

describe("any bytes at all get a verdict", () => {
  it("random bytes, with and without a known start", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...magics),
        fc.uint8Array({ maxLength: 5000 }),
        fc.constantFrom(...names),
        (magic, bytes, name) => expectVerdict(Buffer.concat([magic, bytes]), name),
      ),
      { numRuns: 500 },
    );
  });

  it("real files with flipped bits", async () => {
    const flips = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fixtures),
        flips,
        fc.constantFrom(...names),
        async (fixture, changes, name) => {
          const bytes = Buffer.from(fixture.bytes);
          for (const [place, mask] of changes) {
            const at = Math.min(bytes.length - 1, Math.floor(place * bytes.length));
            bytes[at] = (bytes[at] ?? 0) ^ mask;
          }
          await expectVerdict(bytes, name);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("compound files with hostile headers, tables and directories", async () => {
    const { bytes: whole } = fixtures.find(({ name }) => name === "resume.doc") ?? { bytes: Buffer.alloc(0) };
    const words = fc.array(
      fc.tuple(
        fc.nat(Math.floor(whole.length / 4) - 1),
        fc.constantFrom(0, 1, 2, 3, 4, 0xfffffffe, 0xffffffff, 0x7fffffff),
      ),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(words, async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [word, value] of changes) if (word > 2) bytes.writeUInt32LE(value, word * 4);
        await expectVerdict(bytes, "cv.doc");
      }),
      { numRuns: 500 },
    );
  });

  it("a real PDF or DOCX cut anywhere is never accepted", async () => {
    const whole = fixtures.filter(
      ({ name }) => name === "resume.pdf" || name === "resume.docx" || name === "resume-linearized.pdf",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (fixture, share) => {
          // A few bytes less may only cost the line end after `%%EOF`.
          const cut = fixture.bytes.subarray(0, Math.floor(share * (fixture.bytes.length - 8)));
          const verdict = await inspectBytes(cut, fixture.name);
          expect(verdict.ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
