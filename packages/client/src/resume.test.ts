import { describe, expect, test, vi } from "vitest";
import { CallFailed } from "./failure";
import { fetchResume, readFileName } from "./resume";

describe("file name of a download", () => {
  test.each([
    [
      `attachment; filename="resume.pdf"; filename*=UTF-8''R%C3%A9sum%C3%A9%20%E2%80%93%20O%27Brien%20%F0%9F%98%80.docx`,
      "Résumé – O'Brien 😀.docx",
    ],
    [`attachment; filename*=utf-8'en'a%2Cb.pdf`, "a,b.pdf"],
    [`attachment; filename="a \\"quoted\\" name.pdf"`, 'a "quoted" name.pdf'],
    ["attachment; filename=plain.pdf", "plain.pdf"],
    [`attachment; filename*=UTF-8''%E0%A4; filename="good.pdf"`, "good.pdf"],
    ["attachment", null],
    [null, null],
  ])("%j", (header, name) => {
    expect(readFileName(header)).toBe(name);
  });
});

describe("download", () => {
  const session = () => {
    let number = 0;
    return {
      accessToken: vi.fn(async () => {
        number += 1;
        return `token-${number}`;
      }),
      reject: vi.fn(() => true),
    };
  };
  const answer = (status: number, body: BodyInit, headers: Record<string, string> = {}) =>
    new Response(body, { status, headers });

  test("asks once more with a new token after a 401", async () => {
    const fetched = vi
      .spyOn(globalThis, "fetch")
      .mockResolvedValueOnce(answer(401, "{}"))
      .mockResolvedValueOnce(answer(200, "%PDF", { "content-disposition": 'attachment; filename="cv.pdf"' }));
    const file = await fetchResume(session(), "lead-1");
    expect(file.fileName).toBe("cv.pdf");
    expect(await file.blob.text()).toBe("%PDF");
    expect(fetched.mock.calls.map(([, init]) => init?.headers)).toEqual([
      { authorization: "Bearer token-1" },
      { authorization: "Bearer token-2" },
    ]);
  });

  test("passes on the server's reason and request id", async () => {
    const problem = { code: "FORBIDDEN", detail: "This file contains malware.", requestId: "r1" };
    vi.spyOn(globalThis, "fetch").mockResolvedValueOnce(answer(403, JSON.stringify(problem)));
    const failed = await fetchResume(session(), "lead-1").catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CallFailed);
    expect(failed).toMatchObject({
      failure: { code: "FORBIDDEN", message: "This file contains malware.", requestId: "r1" },
    });
  });

  test("a proxy's page is no reason of ours", async () => {
    vi.spyOn(globalThis, "fetch").mockResolvedValueOnce(answer(502, "<html>Bad gateway</html>"));
    await expect(fetchResume(session(), "lead-1")).rejects.toMatchObject({
      failure: { code: "UNREACHABLE" },
    });
  });
});
