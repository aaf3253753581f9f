import { defaultResumeLimits } from "@intake/core/resumes/schema";
import { describe, expect, it } from "vitest";
import { renderFormPage, renderReceiptPage, renderUnavailablePage } from "./entry-server";

const assets = {
  scripts: ["/assets/entry.js"],
  styles: ["/assets/entry.css"],
  preloads: ["/assets/sans.woff2"],
  icon: "/assets/icon.svg",
};
const nasty = `</script><script>alert("1")</script>&'<!--`;
const form = {
  officeName: "Calder & Rowe",
  resumeLimits: defaultResumeLimits,
  idempotencyKey: "key-1",
  assets,
};
const receipt = {
  officeName: "Calder & Rowe",
  reference: "INT-7K4Q-92FD",
  firstName: nasty,
  lastName: "Nguyễn Thị",
  email: "a@x.co",
  receivedAt: "2026-11-24T09:14:00.000Z",
  timeZone: "Europe/London",
  resume: {
    fileName: nasty,
    format: "PDF" as const,
    sizeBytes: 1_900_000,
    sha256: "9f3a21c7ffff",
    scanState: "CLEAN" as const,
    scanReason: null,
  },
  assets,
};

function readProps(html: string): unknown {
  const text = /<script type="application\/json" id="form-props">(.*?)<\/script>/s.exec(html)?.[1];
  return text === undefined ? undefined : JSON.parse(text);
}

describe("renderFormPage", () => {
  it("is a whole document that works as a plain multipart post", () => {
    const html = renderFormPage(form);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain("<title>Tell us how to reach you – Calder &#38; Rowe</title>");
    expect(html).toMatch(/<form[^>]* action="\/api\/leads" encType="multipart\/form-data" method="post">/);
    expect(html).not.toMatch(/novalidate/i);
    const names = [...html.matchAll(/<input[^>]* name="(\w+)"/g)].map((match) => match[1]);
    expect(names).toEqual(["idempotencyKey", "firstName", "lastName", "email", "resume"]);
    expect(html).toContain('name="idempotencyKey" value="key-1"');
    expect(html).toContain("up to <!-- -->5 MB");
  });

  it("takes the stated limit from its props", () => {
    expect(
      renderFormPage({ ...form, resumeLimits: { maxBytes: 2 * 1024 * 1024, formats: ["PDF", "DOCX"] } }),
    ).toContain("up to <!-- -->2 MB");
  });

  it("shows what was typed and what is wrong, unharmed and harmless", () => {
    const values = { firstName: nasty, lastName: "B", email: "x" };
    const errors = [{ path: "email", message: "Add the @ sign, like name@gmail.com." }];
    const html = renderFormPage({ ...form, values, errors });
    expect(html).toContain("<title>Error: ");
    expect(html).toContain("One thing to fix, then send again");
    expect(html).toContain('aria-describedby="email-hint email-error"');
    expect(html).not.toContain("<script>alert");
    expect(html).toContain(
      'value="&lt;/script&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#x27;&lt;!--"',
    );
    const { assets: _, ...props } = form;
    expect(readProps(html)).toEqual({ ...props, values, errors });
  });

  it("says it when the trouble is no field's", () => {
    const html = renderFormPage({ ...form, formError: "The office cannot take it this moment." });
    expect(html).toContain("Not sent yet");
    expect(html).toContain("The office cannot take it this moment. Everything you typed is still here.");
    expect(html).toMatch(/<button[^>]*type="submit" form="lead-form"/);
  });
});

describe("renderReceiptPage", () => {
  it("says it when the file could not be opened, and how to send another", () => {
    const resume = { ...receipt.resume, scanState: "UNSCANNABLE" as const, scanReason: "It is encrypted." };
    expect(renderReceiptPage({ ...receipt, resume })).toContain(
      "We could not open this file safely: It is encrypted. Answer the mail we sent you",
    );
    expect(renderReceiptPage(receipt)).not.toContain("another copy");
  });

  it("shows exactly what is stored, without scripts, kept out of search engines", () => {
    const html = renderReceiptPage(receipt);
    for (const fact of [
      "INT-7K4Q-92FD",
      "a@x.co",
      "PDF, 1.8 MB",
      "Fingerprint 9F3A 21C7",
      "24 November 2026, 09:14",
      "London time (GMT)",
    ]) {
      expect(html).toContain(fact);
    }
    expect(html).not.toContain("<script");
    expect(html).toContain('<meta name="robots" content="noindex, nofollow">');
    expect(html).toContain('<meta name="referrer" content="no-referrer">');
  });
});

describe("renderUnavailablePage", () => {
  it("has its own words for each case and a way on", () => {
    const pages = (["unavailable", "receipt-not-found", "page-not-found"] as const).map((kind) =>
      renderUnavailablePage({ officeName: "Calder & Rowe", kind, requestId: "r-1", assets }),
    );
    expect(new Set(pages).size).toBe(3);
    expect(pages[0]).toContain("your answers are kept there");
    for (const html of pages) {
      expect(html).toContain('href="/"');
      expect(html).toContain("r-1");
    }
  });
});

describe("every page", () => {
  it("obeys the content security policy: no inline script, style, handler or foreign address", () => {
    const errors = ["firstName", "lastName", "email", "resume"].map((path) => ({ path, message: nasty }));
    const pages = [
      renderFormPage({ ...form, errors, formError: nasty, phone: "020 7946 0182" }),
      renderReceiptPage(receipt),
      renderUnavailablePage({ officeName: nasty, kind: "unavailable", assets }),
    ];
    for (const html of pages) {
      expect(html).not.toMatch(/<style|<[^>]+\s(style|on\w+)=/i);
      expect(html).not.toMatch(/<[^>]+\s(src|href|action)="(https?:)?\/\//i);
      const scripts = [...html.matchAll(/<script([^>]*)>/g)].map((match) => match[1]);
      expect(scripts.every((attributes) => /src="\/assets\/|application\/json/.test(attributes ?? ""))).toBe(
        true,
      );
    }
  });
});
