// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { markDocument, unmarkDocument } from "./mark-document";

function body(html: string): HTMLElement {
  const element = document.createElement("div");
  element.innerHTML = html;
  return element;
}

test("marks every hit, also where it runs over from bold to plain", () => {
  const place = body("<p>Asy<b>lum</b> and asylum</p><p>ASYLUM</p>");
  const marks = markDocument(place, "asylum");
  expect(marks.map((parts) => parts.map((part) => part.textContent))).toEqual([
    ["Asy", "lum"],
    ["asylum"],
    ["ASYLUM"],
  ]);
  expect(place.innerHTML).toBe(
    "<p><mark>Asy</mark><b><mark>lum</mark></b> and <mark>asylum</mark></p><p><mark>ASYLUM</mark></p>",
  );
});

test("two hits in one run of text keep their order, and words of neighbouring blocks are apart", () => {
  const place = body("<p>visa, visa</p><ul><li>vi</li><li>sa</li></ul>");
  const marks = markDocument(place, "visa");
  expect(marks).toHaveLength(2);
  expect(place.querySelector("p")?.innerHTML).toBe("<mark>visa</mark>, <mark>visa</mark>");
  expect(marks[0]?.[0]).toBe(place.querySelectorAll("mark")[0]);
});

test("another term takes the marks of the one before away, and nothing else", () => {
  const place = body("<p>Ana <b>García</b></p>");
  markDocument(place, "garcia");
  expect(markDocument(place, "ana garcia").map((parts) => parts.length)).toEqual([2]);
  unmarkDocument(place);
  expect(place.innerHTML).toBe("<p>Ana <b>García</b></p>");
});
