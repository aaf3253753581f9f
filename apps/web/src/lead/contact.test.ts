import { expect, test } from "vitest";
import { mailAddress } from "./contact";

test.each([
  ["a@b.co", "mailto:a@b.co?subject=INT-7K4Q-92FD"],
  ["aoife+legal@nibhriain.ie", "mailto:aoife%2Blegal@nibhriain.ie?subject=INT-7K4Q-92FD"],
  ["x?bcc=all@evil.example", "mailto:x%3Fbcc%3Dall@evil.example?subject=INT-7K4Q-92FD"],
])("%s cannot change the mail it opens", (email, address) => {
  expect(mailAddress({ email, reference: "INT-7K4Q-92FD" })).toBe(address);
});
