import type { LeadMailFacts, LeadNoticeFacts, LeadReceiptFacts } from "@intake/core/ports/mail-renderer";
import { formatBytes } from "@intake/core/resumes/schema";
import { describe, expect, it } from "vitest";
import { createMailRenderer } from "./mail-renderer";
import { describeSize } from "./templates/wording";

const renderer = createMailRenderer();

const base: LeadMailFacts = {
  officeName: "Calder & Rowe",
  leadId: "01976a3e-0000-7000-8000-000000000001",
  reference: "INT-7K4Q-92FD",
  firstName: "Minh Khai",
  lastName: "Nguyễn Thị",
  email: "minhkhai.nguyen@gmail.com",
  receivedAt: new Date("2026-11-24T09:14:30Z"),
  timeZone: "Europe/London",
  resume: {
    fileName: "Hồ sơ xin việc (bản cuối).pdf",
    format: "PDF",
    sizeBytes: 1_887_437,
    sha256: "9f3a21c7e0b1".padEnd(64, "0"),
  },
};

function receipt(change: Partial<LeadReceiptFacts> = {}) {
  const links = {
    replyAddress: "intake@calderrowe.example",
    receiptUrl: "https://intake.example/received/abc",
  };
  return renderer.leadReceipt({ ...base, ...links, ...change });
}

function notice(change: Partial<LeadNoticeFacts> = {}) {
  return renderer.leadNotice({
    ...base,
    leadUrl: "https://intake.example/app/leads/1",
    earlierLeads: 0,
    assignee: null,
    ...change,
  });
}

/** What a reader sees of the HTML part: tags gone, entities resolved, white space collapsed. */
function visibleText(html: string): string {
  return html
    .replace(/<head>.*<\/head>/su, "")
    .replace(/<!--.*?-->/gsu, "")
    .replace(/<[^>]+>/gu, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/gu, " ");
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/gu)].map((match) => match[1] ?? "");
}

describe("the receipt", () => {
  it("has a subject without a word of the prospect's", async () => {
    expect((await receipt({ firstName: "Win", lastName: "a prize" })).subject).toBe(
      "We have it: INT-7K4Q-92FD",
    );
  });

  it.each(["html", "text"] as const)(
    "says in %s what arrived, what comes next and how to correct it",
    async (part) => {
      const mail = await receipt();
      const words = part === "html" ? visibleText(mail.html) : mail.text;
      for (const fact of [
        "We have it, Minh Khai.",
        "Tuesday 24 November 2026 at 09:14, London time (GMT)",
        "INT-7K4Q-92FD",
        "Minh Khai Nguyễn Thị",
        "minhkhai.nguyen@gmail.com",
        "Hồ sơ xin việc (bản cuối).pdf",
        "PDF, 1.8 MB, fingerprint 9F3A 21C7",
        "A person at our office reads what you sent and writes to you. The mail will come from intake@calderrowe.example",
        "If something is wrong, answer this mail",
        "We never ask for money, passwords or bank details by email.",
        "Was it not you?",
        "Calder & Rowe · Writing to us does not make you a client yet.",
      ]) {
        // Tags around a word leave a space before its full stop.
        expect(words.replaceAll(" .", ".")).toContain(fact);
      }
    },
  );

  it("links to the thank-you page and to our own address only", async () => {
    const { html, text } = await receipt();
    expect(linksOf(html)).toEqual([
      "https://intake.example/received/abc",
      "mailto:intake@calderrowe.example?subject=Please%20erase%20INT-7K4Q-92FD",
    ]);
    expect(text).toContain("https://intake.example/received/abc");
  });
});

describe("the notice", () => {
  it("names the lead in its subject", async () => {
    expect((await notice()).subject).toBe("New lead: Minh Khai Nguyễn Thị (INT-7K4Q-92FD)");
  });

  it.each(["html", "text"] as const)("has in %s all that staff need to decide", async (part) => {
    const mail = await notice({ earlierLeads: 2 });
    const words = part === "html" ? visibleText(mail.html) : mail.text;
    for (const fact of [
      "Pending",
      "Minh Khai Nguyễn Thị",
      "minhkhai.nguyen@gmail.com",
      "Hồ sơ xin việc (bản cuối).pdf",
      "PDF, 1.8 MB",
      "Twice, from the same email address.",
      "Tuesday 24 November 2026, 09:14, London time (GMT)",
      "INT-7K4Q-92FD",
      "Open the lead",
      "answer this mail to write to Minh Khai directly",
      "The resume is not attached",
    ]) {
      expect(words).toContain(fact);
    }
  });

  it("says nothing about earlier leads when there are none, and counts others", async () => {
    expect((await notice()).text).not.toContain("Wrote before");
    expect((await notice({ earlierLeads: 1 })).text).toContain("Wrote before: Once, from");
    expect((await notice({ earlierLeads: 7 })).text).toContain("Wrote before: 7 times, from");
  });

  it("links to the lead and to the prospect's address only", async () => {
    const { html, text } = await notice();
    expect(linksOf(html)).toEqual(["mailto:minhkhai.nguyen@gmail.com", "https://intake.example/app/leads/1"]);
    expect(text).toContain("Open the lead: https://intake.example/app/leads/1");
  });

  it("does not link an address that begins like a web address", async () => {
    expect(linksOf((await notice({ email: "www.evil.example/a@x.co" })).html)).toEqual([
      "https://intake.example/app/leads/1",
    ]);
  });

  it("cannot get a second recipient through the address", async () => {
    const { html } = await notice({ email: "a?cc=boss&bcc=all@x.co" });
    expect(linksOf(html)[0]).toBe("mailto:a%3Fcc%3Dboss%26bcc%3Dall@x.co");
  });
});

describe("hostile facts", () => {
  const hostile: Partial<LeadMailFacts> = {
    firstName: '<b>"https://evil.example/login"</b>\r\nBcc: all@evil.example',
    lastName: `<script>alert(1)</script> =?utf-8?q?Invoice?= ${"A".repeat(500)}`,
    email: "www.evil.example/x@evil.example",
    resume: {
      ...base.resume,
      fileName: `<img src=x onerror=alert(1)>//evil.example/${"b".repeat(300)}.docx`,
    },
  };

  it.each([
    ["receipt", receipt],
    ["notice", notice],
  ] as const)("stay text in the %s, whatever they look like", async (_name, render) => {
    const { html, text, subject } = await render(hostile);
    expect(html).not.toMatch(/<b>|<script|<img|onerror=[^a]/iu);
    expect(html).toContain("&lt;b&gt;");
    for (const part of [html, text, subject]) {
      expect(part).not.toMatch(/evil\.example/iu);
      expect(part).not.toMatch(/:\/\/evil/iu);
      expect(part).not.toMatch(/all@e/iu);
    }
    expect(text).toContain("evil.\u200cexample");
    expect(linksOf(html).filter((link) => link.startsWith("http"))).toHaveLength(1);
  });

  it("cannot change how the subject is built", async () => {
    const { subject } = await notice(hostile);
    expect(subject.replaceAll("\u200c", "")).toMatch(/^New lead: .{1,80} \(INT-7K4Q-92FD\)$/u);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u);
    expect(subject).not.toContain("=?");
  });

  it("do not make the text part longer than a page", async () => {
    const { text } = await notice(hostile);
    expect(text).not.toContain("A".repeat(121));
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(250);
    expect(text).toContain("bbb.docx (PDF");
  });
});

describe("every mail", () => {
  it.each([
    ["receipt", receipt],
    ["notice", notice],
  ] as const)(
    "the %s is a page of its own: language, dark colours, preview, nothing remote",
    async (_name, render) => {
      const { html, text, subject } = await render();
      expect(html).toMatch(/^<!DOCTYPE html/u);
      expect(html).toContain('<html dir="ltr" lang="en">');
      expect(html).toContain("@media (prefers-color-scheme: dark)");
      expect(html).toContain(`<title>${subject}</title>`);
      expect(html).not.toMatch(/<img|<script|<link|url\(|@import|src=/iu);
      expect(html.length).toBeLessThan(40_000);
      expect(text).not.toMatch(/<[a-z]|&[a-z]+;|undefined|null/iu);
      expect(text.endsWith("\n")).toBe(true);
      expect(text).not.toMatch(/\n{3,}$/u);
    },
  );

  it("is pure: the same facts give the same mail", async () => {
    expect(await receipt()).toEqual(await receipt());
  });

  it.each([
    ["Asia/Ho_Chi_Minh", "16:14, Ho Chi Minh time (GMT+7)"],
    ["America/New_York", "04:14, New York time (EST)"],
    ["Europe/Berlin", "10:14, Berlin time (CET)"],
    ["UTC", "09:14 UTC"],
  ])("names the zone %s", async (timeZone, words) => {
    expect((await notice({ timeZone })).text).toContain(words);
  });

  it("uses the day of the zone", async () => {
    const facts = { receivedAt: new Date("2026-11-24T20:00:00Z"), timeZone: "Asia/Tokyo" };
    expect((await receipt(facts)).text).toContain("Wednesday 25 November 2026 at 05:00, Tokyo time");
  });

  it("writes sizes as the rest of the product does", () => {
    for (const bytes of [0, 1, 312, 1023, 1024, 49_000, 1_048_575, 1_048_576, 1_887_437, 5_242_880]) {
      expect(describeSize(bytes)).toBe(formatBytes(bytes));
    }
  });
});
