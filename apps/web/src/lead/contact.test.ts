import { expect, test } from "vitest";
import { mailAddress } from "./contact";

const rest =
  "?subject=Your%20letter%20to%20us%20(INT-7K4Q-92FD)&body=Dear%20Zo%C3%AB%20Lindqvist%2C%0D%0A%0D%0A";

test.each([
  ["a@b.co", `mailto:a@b.co${rest}`],
  ["aoife+legal@nibhriain.ie", `mailto:aoife%2Blegal@nibhriain.ie${rest}`],
  ["x?bcc=all@evil.example", `mailto:x%3Fbcc%3Dall@evil.example${rest}`],
])("%s cannot change the mail it opens", (email, address) => {
  const person = { firstName: "Zoë", lastName: "Lindqvist" };
  expect(mailAddress({ email, reference: "INT-7K4Q-92FD", ...person })).toBe(address);
});

test("a name cannot add a line to the mail's head", () => {
  const person = { firstName: "Zoë&bcc=all@evil.example", lastName: "#x" };
  const address = mailAddress({ email: "a@b.co", reference: "INT-7K4Q-92FD", ...person });
  expect([...new URLSearchParams(address.split("?")[1]).keys()]).toEqual(["subject", "body"]);
});
